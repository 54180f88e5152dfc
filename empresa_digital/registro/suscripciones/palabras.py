"""Why a webhook was not answered, in words: what is kept of a try is what the library said."""

from nucleo.textos import perezoso as _l

_CAUSAS = (
    ("Timeout", _l("Tardó demasiado.")),
    ("CERTIFICATE", _l("Su certificado no es válido.")),
    ("no se encontró", _l("No se encontró ese nombre de Internet.")),
    ("refused", _l("Nadie atiende en esa dirección.")),
    ("dirección pública", _l("Su nombre lleva a una dirección que no es de Internet.")),
    ("puerto no admitido", _l("Usa un puerto que no se admite.")),
    ("RemoteProtocolError", _l("Cortó antes de responder.")),
)
_OTRA = _l("No se pudo hablar con esa dirección.")


def falla_en_palabras(error: str | None) -> str:
    """Empty when nothing failed."""
    if not error:
        return ""
    return str(next((palabras for parte, palabras in _CAUSAS if parte in error), _OTRA))
