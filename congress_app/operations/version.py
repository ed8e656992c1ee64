"""Which version of the program this is; CHANGELOG.md tells what each brought."""

VERSION = "1.0.0"
