"""``python -m mali_course`` is the command ``mali-course``."""

import sys

from mali_course.cli import main

sys.exit(main())
