"""The kinds of notices about the life of a unit."""

from ciudadania import clase
from nucleo.textos import perezoso as _l

AVISO_INSCRIPCION = clase("registro.inscripcion", _l("Registro de su unidad"), legal=True, icono="stamp")
