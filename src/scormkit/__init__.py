"""Write a training session as text; get packages for every learning platform, with every answer in full.

The public API is small: :func:`scormkit.build.build` makes packages, :func:`scormkit.content.loader.load` reads
courses, :func:`scormkit.check.checked` judges any package. Importing ``scormkit`` itself imports none of them.
"""

__version__ = "0.1.0"
