"""Scripts that the Makefile runs lie here too; they are no modules of tests."""

collect_ignore = ["environments.py", "lowest_versions.py", "other_pythons.py", "wheel_check.py"]
