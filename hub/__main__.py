"""`python -m hub`."""

import sys

from hub.commands import main

sys.exit(main())
