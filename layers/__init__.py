"""Tables in, maps out.

The public names stand in `__init__.pyi`; each is loaded from its module when it is first asked for (SPEC 1), so that
a face that needs one noun does not pay for all of them.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
