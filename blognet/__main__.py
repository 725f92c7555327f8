"""Run ``python -m blognet``."""

import sys

from blognet.cli.main import main

sys.exit(main())
