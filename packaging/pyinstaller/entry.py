"""Start of the frozen program: a self-check must end with a code, never in a dialog."""

import multiprocessing
import sys

multiprocessing.freeze_support()

import methods  # noqa: E402

methods.take(sys._MEIPASS)

from desktop.__main__ import main  # noqa: E402  (workers of freeze_support must not load Qt)

sys.exit(main())
