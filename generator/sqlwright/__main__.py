"""`python -m sqlwright` is the same as `sqlwright`."""

from sqlwright.cli import main

if __name__ == "__main__":
    main(prog_name="sqlwright")
