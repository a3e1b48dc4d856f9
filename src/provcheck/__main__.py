"""`python -m provcheck`: the command line, where the script is not on the path."""

from provcheck.cli import main

if __name__ == "__main__":
    main(prog_name="provcheck")
