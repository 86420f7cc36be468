"""What the demo refuses; what it tells and draws is tested beside the views."""


def test_a_folder_that_cannot_be_made(call, tmp_path):
    """A file in the way is told in one line."""
    (tmp_path / "exports").write_text("", encoding="utf-8")
    outcome = call("demo", "--exports", tmp_path / "exports")

    assert 2 == outcome.exit_code
    assert f"error: {tmp_path / 'exports'}: cannot be made" in outcome.stderr
