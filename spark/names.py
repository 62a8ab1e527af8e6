"""The names of Spark's five models, as they go over the wire."""

from typing import Final

TEXT_TO_IMAGE: Final = "spark_t2i_3_0"
IMAGE_TO_IMAGE: Final = "spark_i2i_3_0"
EDIT: Final = "spark_edit_3_0"
STYLE_TEMPLATE: Final = "spark_style_template"
PORTRAIT: Final = "spark_edit_portrait"

TO_BE_RETIRED: Final = frozenset({EDIT})
"""Models that the vendor has announced as ones that will be retired, without a day."""
