"""The Jinja2 environment of every page: escaping, texts, filters, icons and shared context."""

import hashlib
import os
import re
import time
from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import cache, lru_cache
from pathlib import Path
from typing import Any
from uuid import UUID

import structlog
from babel.dates import format_date, format_datetime, format_timedelta
from babel.numbers import format_decimal
from jinja2 import Environment, FileSystemLoader, Undefined, select_autoescape
from lucide.jinja import lucide
from markupsafe import Markup, escape
from moneyed import Money
from starlette.requests import Request

from nucleo import graficos
from nucleo.archivos import ANCHOS, url_archivo
from nucleo.configuracion import ajustes
from nucleo.dinero import a_la_boliviana, formato_bs, formato_cantidad
from nucleo.enteras import dice_la_hora
from nucleo.ids import nuevo_id
from nucleo.lectores import formato_telefono
from nucleo.recordar import Recordar
from nucleo.reloj import ZONA, ahora
from nucleo.textos import gettext, ngettext

RAIZ = Path(__file__).resolve().parent.parent
ESTATICOS = RAIZ / "static"
PLANTILLAS = RAIZ / "templates"
REGION = "es_BO"
HOJA = ("css/fichas.css", "css/marco.css", "css/componentes.css", "css/formularios.css", "css/paginas.css")

registro = structlog.get_logger(__name__)

_ARCHIVO = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")

FuncionDeContexto = Callable[[Request], Mapping[str, Any]]
_contextos: list[FuncionDeContexto] = []


def agregar_contexto(funcion: FuncionDeContexto) -> FuncionDeContexto:
    """Let a room add variables to every page; usable as a decorator."""
    if funcion not in _contextos:
        _contextos.append(funcion)
    return funcion


def contexto_de(request: Request) -> dict[str, Any]:
    """Collect what the rooms add to a page for this request."""
    contexto: dict[str, Any] = {
        "request": request,
        "ruta": request.url.path,
        "nonce": getattr(request.state, "nonce", ""),
    }
    for funcion in _contextos:
        contexto.update(funcion(request))
    return contexto


def renderizar(nombre: str, **contexto: Any) -> str:
    """Render a template; with `request` in the context, the rooms' shared context comes along."""
    request = contexto.get("request")
    plantilla = entorno().get_template(nombre)
    if not isinstance(request, Request):
        return plantilla.render(contexto)
    try:
        return plantilla.render(contexto_de(request) | contexto)
    except Exception:
        if not nombre.startswith("errores/"):
            raise
        # Whatever broke the page may break the rooms' context too; an error page must still come out.
        registro.warning("pagina_de_error_sin_contexto", plantilla=nombre, exc_info=True)
        minimo = {"ruta": request.url.path, "nonce": getattr(request.state, "nonce", "")}
        return plantilla.render(minimo | contexto)


# --- Filters ---------------------------------------------------------------------------------------


def filtro_bs(valor: Money | int | None) -> str:
    """Money, or whole centavos, as "Bs 1.234,50"; an em dash when there is none."""
    if valor is None or isinstance(valor, Undefined):
        return "—"
    return formato_bs(valor)


def _local(valor: date | datetime) -> date | datetime:
    return valor.astimezone(ZONA) if isinstance(valor, datetime) else valor


def filtro_fecha(valor: date | datetime | None, formato: str = "d 'de' MMMM 'de' y") -> str:
    """A date as people in La Paz say it: "22 de noviembre de 2026"."""
    if not valor:
        return "—"
    return format_date(_local(valor), formato, locale=REGION)


def filtro_fecha_hora(valor: datetime | None) -> str:
    """A moment in Bolivian time: "22 de noviembre de 2026, 14:05"."""
    if not valor:
        return "—"
    return format_datetime(valor, "d 'de' MMMM 'de' y, HH:mm", tzinfo=ZONA, locale=REGION)


def filtro_instante(valor: datetime) -> str:
    """A moment of an act, to the second: "22 de noviembre de 2026, 14:05:09"."""
    return format_datetime(valor, "d 'de' MMMM 'de' y, HH:mm:ss", tzinfo=ZONA, locale=REGION)


def filtro_hasta(valor: datetime | None) -> str:
    """A deadline that is not in time itself: "4 de diciembre de 2026" of the midnight that ends that day."""
    if valor is not None and f"{valor.astimezone(ZONA):%H:%M:%S}" == "00:00:00":
        return filtro_fecha(valor - timedelta(seconds=1))
    return filtro_fecha_hora(valor)


def filtro_fecha_hora_corta(valor: datetime | None) -> str:
    """A moment in a list: "22 de noviembre, 14:05", with the year only when it is not this one."""
    if not valor:
        return "—"
    local = valor.astimezone(ZONA)
    este_ano = local.year == ahora().astimezone(ZONA).year
    formato = "d 'de' MMMM, HH:mm" if este_ano else "d 'de' MMMM 'de' y, HH:mm"
    return format_datetime(local, formato, tzinfo=ZONA, locale=REGION)


def filtro_hora_exacta(valor: datetime) -> str:
    """The time in Bolivia, to the second: "14:05:09"."""
    return format_datetime(valor, "HH:mm:ss", tzinfo=ZONA, locale=REGION)


def filtro_hora(valor: datetime) -> str:
    """The time in Bolivia: "14:05"."""
    return format_datetime(valor, "HH:mm", tzinfo=ZONA, locale=REGION)


def filtro_minutos(valor: int) -> str:
    """How long something takes: "30 minutos", "1 hora y 15 minutos", "4 horas"."""
    horas, minutos = divmod(valor, 60)
    partes = []
    if horas:
        partes.append(ngettext("%(n)s hora", "%(n)s horas", horas) % {"n": horas})
    if minutos or not horas:
        partes.append(ngettext("%(n)s minuto", "%(n)s minutos", minutos) % {"n": minutos})
    return gettext(" y ").join(partes)


_DIA = timedelta(days=1)


def filtro_hace(valor: datetime | None) -> str:
    """How long ago, or how far ahead: "hace 3 horas", "dentro de 2 días", "dentro de 9 días".

    Never more than there is, which of a deadline would be too late; weeks and months from two of them on.
    """
    if not valor:
        return "—"
    diferencia = valor - _ahora()
    lapso = abs(diferencia)
    if lapso.total_seconds() < 45:
        return gettext("ahora mismo")
    unidades = [timedelta(days=365), timedelta(days=30), timedelta(days=7), _DIA, timedelta(hours=1)]
    minima = next((u for u in unidades if lapso >= (2 * u if u > _DIA else u)), timedelta(minutes=1))
    entero = max(lapso // minima, 1) * minima
    adelante = diferencia > timedelta(0)
    return format_timedelta(
        entero if adelante else -entero,
        add_direction=True,
        locale=REGION,
        threshold=2 if entero >= 2 * _DIA else 1,
    )


def filtro_numero(valor: int | float | Decimal | None) -> str:
    """A quantity with Bolivian separators: 1.234,5."""
    if valor is None or isinstance(valor, Undefined):
        return "—"
    return a_la_boliviana(f"{valor:,}") if isinstance(valor, int) else format_decimal(valor, locale=REGION)


def filtro_nombre_corto(valor: str) -> str:
    """A name for a tight place, without the suffix of the demonstration (the page says it once)."""
    return str(valor).removesuffix(" (demostración)")


def filtro_iso(valor: date | datetime | None) -> str:
    """What goes in `<time datetime>`."""
    return valor.isoformat() if valor else ""


# --- Globals ---------------------------------------------------------------------------------------


def _ahora() -> datetime:
    """`ahora`, of which a page that tells it is not kept."""
    dice_la_hora()
    return ahora()


def texto(mensaje: str, **variables: Any) -> str:
    """`_()` of the templates: variables are escaped, a lone % in a text without variables is kept."""
    traducido = gettext(mensaje)
    if not variables:
        return traducido
    return escape(traducido) % {nombre: escape(valor) for nombre, valor in variables.items()}


_TRAZO = re.compile(r' (?:fill|stroke|stroke-width|stroke-linecap|stroke-linejoin)="[^"]*"')


@cache
def icono(nombre: str, tamano: int = 20, clase: str = "icono") -> Markup:
    """An inline decorative SVG of the Lucide set; the text beside it carries the meaning.

    How all of them are drawn is said once, in the style of `.icono`: a page has a hundred.
    """
    dibujo = " ".join(str(lucide(nombre, size=tamano, **{"class": clase, "aria-hidden": "true"})).split())
    cabeza, resto = dibujo.split(">", 1)
    return Markup(f"{_TRAZO.sub('', cabeza)}>{resto}")  # noqa: S704 (our own package)


def imagen(origen: str | UUID, ancho: int) -> str:
    """Where to read a picture: an address as it is, or a kept file at this width."""
    origen = str(origen)
    return origen if origen.startswith(("/", "http", "data:")) else f"{url_archivo(origen)}?ancho={ancho}"


def srcset(origen: str | UUID) -> str:
    """The widths of a kept picture for `srcset`; empty for one that is an address."""
    origen = str(origen)
    if not _ARCHIVO.fullmatch(origen):
        return ""
    return ", ".join(f"{url_archivo(origen)}?ancho={ancho} {ancho}w" for ancho in ANCHOS)


@cache
def _huella(ruta: str, _modificado: int) -> str:
    return hashlib.sha256((ESTATICOS / ruta).read_bytes()).hexdigest()[:10]


def _vuelta() -> int:
    """Changes every second in a demonstration, so that an edited file is seen; in production, never."""
    return int(time.monotonic()) if ajustes().es_demostracion else 0


def estatico(ruta: str) -> str:
    """Address of a static file, with the fingerprint of its content so that it can be cached for ever."""
    return _direccion(ruta, _vuelta())


@lru_cache(maxsize=128)
def _direccion(ruta: str, _vuelta: int) -> str:
    archivo = ESTATICOS / ruta
    if not archivo.is_file():
        return f"/estatico/{ruta}"
    return f"/estatico/{ruta}?v={_huella(ruta, archivo.stat().st_mtime_ns)}"


def hoja_de_estilo() -> str:
    """Address of the style sheet, which is served as one file; it changes when any part changes."""
    return f"/hoja.css?v={huella_de_la_hoja()}"


def huella_de_la_hoja() -> str:
    """Short fingerprint of the whole style sheet."""
    return _huella_de_la_hoja(_vuelta())


@lru_cache(maxsize=1)
def _huella_de_la_hoja(_vuelta: int) -> str:
    partes = [_huella(ruta, (ESTATICOS / ruta).stat().st_mtime_ns) for ruta in HOJA]
    return hashlib.sha256("".join(partes).encode()).hexdigest()[:10]


def leer_hoja() -> str:
    """The style sheet: its readable parts, one after the other."""
    return "\n".join((ESTATICOS / ruta).read_text("utf-8") for ruta in HOJA)


def edicion() -> int:
    """Another number once somebody edited a template or a static file; looked at once a second."""
    return _edicion(_vuelta())


@lru_cache(maxsize=1)
def _edicion(_vuelta: int) -> int:
    archivos = [
        os.path.join(carpeta, nombre)
        for raiz in (PLANTILLAS, ESTATICOS)
        for carpeta, _carpetas, nombres in os.walk(raiz)
        for nombre in nombres
    ]
    numero = hash(tuple((archivo, os.stat(archivo).st_mtime_ns) for archivo in archivos))
    if numero != _ediciones.get("ultima", numero):
        entorno().cache.clear()  # type: ignore[union-attr]  # what is drawn now is of the new ones
    _ediciones["ultima"] = numero
    return numero


_ediciones: dict[str, int] = {}


class _Lector(FileSystemLoader):
    """Looks on disk for an edited template once a second, not at each use: a list uses one for each row."""

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        fuente, ruta, igual = super().get_source(environment, template)
        mirado = _vuelta()

        def vigente() -> bool:
            nonlocal mirado
            if mirado == (mirado := _vuelta()):
                return True
            return igual()

        return fuente, ruta, vigente


@cache
def entorno() -> Environment:
    """The one environment. Names that a page may leave out have a harmless default here."""
    env = Environment(
        loader=_Lector(PLANTILLAS),
        autoescape=select_autoescape(("html", "svg", "xml"), default_for_string=True),
        extensions=["jinja2.ext.i18n", "jinja2.ext.do", "jinja2.ext.loopcontrols", Recordar],
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=ajustes().es_demostracion,
    )
    env.policies["ext.i18n.trimmed"] = True
    env.install_gettext_callables(gettext, ngettext, newstyle=False)  # type: ignore[attr-defined]
    env.filters.update(
        bs=filtro_bs,
        cantidad=formato_cantidad,
        fecha=filtro_fecha,
        fecha_hora=filtro_fecha_hora,
        fecha_hora_corta=filtro_fecha_hora_corta,
        hasta=filtro_hasta,
        hora=filtro_hora,
        hora_exacta=filtro_hora_exacta,
        instante=filtro_instante,
        minutos=filtro_minutos,
        hace=filtro_hace,
        nombre_corto=filtro_nombre_corto,
        telefono=formato_telefono,
        numero=filtro_numero,
        iso=filtro_iso,
        imagen=imagen,
        srcset=srcset,
    )
    env.globals.update(
        _=texto,
        icono=icono,
        estatico=estatico,
        hoja_de_estilo=hoja_de_estilo,
        url_archivo=url_archivo,
        nuevo_id=nuevo_id,
        ahora=_ahora,
        grafico_barras=graficos.barras,
        grafico_linea=graficos.linea,
        chispa=graficos.chispa,
        es_demostracion=ajustes().es_demostracion,
        # Defaults of what the web layer and the rooms normally provide.
        actor=None,
        nonce="",
        ruta="",
        mensaje=None,
        buzon_sin_leer=0,
        mis_unidades=(),
        errores={},
    )
    return env
