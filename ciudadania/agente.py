"""Say in words which browser opened a session; good enough for people to recognise their own."""

from nucleo.textos import gettext as _

# In order: Edge and Opera also say Chrome, Chrome also says Safari.
_NAVEGADORES = (
    ("Edg/", "Edge"),
    ("EdgA/", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("CriOS/", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
_SISTEMAS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS X", "Mac"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
)


def describir_agente(agente: str) -> str:
    """«Firefox en Android» from a User-Agent header."""
    navegador = next((nombre for marca, nombre in _NAVEGADORES if marca in agente), None)
    sistema = next((nombre for marca, nombre in _SISTEMAS if marca in agente), None)
    if navegador and sistema:
        return _("{navegador} en {sistema}").format(navegador=navegador, sistema=sistema)
    return navegador or sistema or _("Otro programa")
