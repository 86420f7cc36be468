"""Control: verdicts, the shortest reasons for them, and what is missing for one."""
