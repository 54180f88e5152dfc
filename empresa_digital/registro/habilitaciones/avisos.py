"""The kinds of notices about what a unit is qualified for."""

from ciudadania import clase
from nucleo.textos import perezoso as _l

AVISO_HABILITACION = clase("registro.habilitacion", _l("Habilitaciones"), legal=True, icono="badge-check")
