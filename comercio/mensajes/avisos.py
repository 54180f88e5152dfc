"""The kind of notice of who asked."""

from ciudadania import clase
from nucleo.textos import perezoso as _l

AVISO_PREGUNTA = clase(
    "comercio.pregunta", _l("Sus preguntas"), _l("%(n)s novedades de sus preguntas"), icono="message-circle"
)
