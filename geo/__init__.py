"""Reports in, incidents and fronts out.

The public names stand in `__init__.pyi`; each is loaded from its module when it is first asked for (SPEC 1), so that
a face that needs one noun does not pay for all of them. The modules that read are taken compiled where they are.
"""

from pathlib import Path

import lazy_loader

from .compiled import compiled_folder

if (_compiled := compiled_folder(__name__, Path(__file__).parent)) is not None:
    __path__.insert(0, str(_compiled))

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
