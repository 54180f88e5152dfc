"""Reading what people write about a unit: one place for the pages and the API.

`normalizar` returns the data of an entry (the same keys as `Ficha.como_datos`) or says what is wrong, field
by field.
"""

import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any
from urllib.parse import urlsplit

from sqlmodel import Session

from empresa_digital.registro.catalogos import TipoUnidad, actividad, forma_legal, municipio
from empresa_digital.registro.identificadores import ESQUEMAS, IdentificadorInvalido, normalizar_identificador
from empresa_digital.registro.unidades.ficha import PREFIJO_IDENTIFICADOR, Ficha
from nucleo.errores import DatosInvalidos
from nucleo.lectores import (
    Ilegible,
    leer_coordenada,
    leer_direccion,
    leer_nombre,
    leer_telefono,
    texto_limpio,
)
from nucleo.textos import gettext as _
from nucleo.textos import perezoso as _l

LARGOS = {
    "denominacion": (2, 200),
    "nombre_comercial": (2, 120),
    "direccion": (3, 300),
    "descripcion": (1, 2000),
    "sitio_web": (4, 200),
    "correo": (5, 254),
}
_FALTA = {"tipo": _l("Elija qué tipo de unidad es."), "denominacion": _l("Escriba la denominación.")}
ACTIVIDADES_MAX = 10
_CORREO = re.compile(r"[a-z0-9.!#$%&'*+/=?^_`{|}~-]+@[a-z0-9-]+(\.[a-z0-9-]+)+")
_DOMINIO = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+(?:[a-z]{2,}|xn--[a-z0-9-]+)")
_BOLIVIA = {"latitud": (Decimal(-23), Decimal(-9)), "longitud": (Decimal(-70), Decimal(-57))}


def normalizar(sesion: Session, ficha: Ficha, cambios: Mapping[str, Any]) -> dict[str, Any]:
    """The differences that `cambios` makes to `ficha`, clean and checked. Raises `DatosInvalidos` with every
    error.

    Keys are those of `Ficha.campos`, `actividades` (list of codes) and `identificadores` ({scheme: value or
    empty}).
    """
    errores: dict[str, str] = {}
    limpios: dict[str, Any] = {}
    for clave, valor in cambios.items():
        if clave in ("actividades", "identificadores"):
            continue
        try:
            limpios[clave] = _campo(sesion, clave, valor)
        except Ilegible as error:
            errores[clave] = str(error)
    resultado = {**ficha.campos, **limpios}
    _comprobar_conjunto(sesion, resultado, limpios, errores)
    if "actividades" in cambios:
        limpios["actividades"] = _actividades(sesion, cambios["actividades"], resultado, errores)
    for esquema, valor in (cambios.get("identificadores") or {}).items():
        clave = PREFIJO_IDENTIFICADOR + esquema
        try:
            limpios[clave] = _identificador(esquema, valor, resultado["tipo"])
        except Ilegible as error:
            errores[f"identificadores.{esquema}"] = str(error)
    if errores:
        raise DatosInvalidos(_("Corrija los datos marcados."), campos=errores)
    actuales = ficha.como_datos()
    return {clave: valor for clave, valor in limpios.items() if valor != actuales.get(clave)}


def _campo(sesion: Session, clave: str, crudo: Any) -> str | None:
    valor = texto_limpio(crudo, renglones=clave == "descripcion")
    if valor is None:
        if clave in _FALTA:
            raise Ilegible(str(_FALTA[clave]))
        return None
    minimo, maximo = LARGOS.get(clave, (1, 100))
    if not minimo <= len(valor) <= maximo:
        raise Ilegible(_("Use entre %(minimo)s y %(maximo)s letras.") % {"minimo": minimo, "maximo": maximo})
    lector = _LECTORES.get(clave)
    return lector(sesion, valor) if lector else valor


def _tipo(_sesion: Session, valor: str) -> str:
    if valor not in TipoUnidad.__members__:
        raise Ilegible(_("Elija un tipo de la lista."))
    return valor


def _forma(sesion: Session, valor: str) -> str:
    if forma_legal(sesion, valor) is None:
        raise Ilegible(_("Elija una forma legal de la lista."))
    return valor


def _municipio(sesion: Session, valor: str) -> str:
    if municipio(sesion, valor) is None:
        raise Ilegible(_("Elija un municipio de la lista."))
    return valor


def _actividad(sesion: Session, valor: str) -> str:
    encontrada = actividad(sesion, valor)
    if encontrada is None or encontrada.nivel != "clase":
        raise Ilegible(_("Elija una actividad de la lista (código de cuatro números)."))
    return valor


def _telefono(_sesion: Session, valor: str) -> str:
    return leer_telefono(valor)


def _nombre(_sesion: Session, valor: str) -> str:
    return leer_nombre(valor)


def _direccion(_sesion: Session, valor: str) -> str:
    return leer_direccion(valor)


def _correo(_sesion: Session, valor: str) -> str:
    correo = valor.lower()
    if not _CORREO.fullmatch(correo):
        raise Ilegible(_("Escriba un correo como nombre@ejemplo.bo."))
    return correo


def _sitio(_sesion: Session, valor: str) -> str:
    direccion = valor if "://" in valor else f"https://{valor}"
    try:
        partes = urlsplit(direccion)
        valido = (
            partes.scheme in ("http", "https")
            and _DOMINIO.fullmatch((partes.hostname or "").encode("idna").decode()) is not None
            and " " not in direccion
        )
    except ValueError:
        valido = False
    if not valido:
        raise Ilegible(_("Escriba una dirección como https://ejemplo.bo."))
    return direccion


def _coordenada(clave: str) -> Callable[[Session, str], str]:
    minimo, maximo = _BOLIVIA[clave]

    def leer(_sesion: Session, valor: str) -> str:
        numero = leer_coordenada(valor)
        if not minimo <= numero <= maximo:
            raise Ilegible(_("El punto está fuera de Bolivia."))
        return str(numero)

    return leer


_LECTORES: dict[str, Callable[[Session, str], str]] = {
    "tipo": _tipo,
    "forma_legal": _forma,
    "municipio_ine": _municipio,
    "actividad_ciiu": _actividad,
    "telefono": _telefono,
    "denominacion": _nombre,
    "nombre_comercial": _nombre,
    "direccion": _direccion,
    "correo": _correo,
    "sitio_web": _sitio,
    "latitud": _coordenada("latitud"),
    "longitud": _coordenada("longitud"),
}


def _comprobar_conjunto(
    sesion: Session, resultado: dict[str, Any], limpios: dict[str, Any], errores: dict[str, str]
) -> None:
    """What no field can tell alone: the legal form suits the kind, both coordinates or none."""
    if not errores.keys() & {"tipo", "forma_legal"} and limpios.keys() & {"tipo", "forma_legal"}:
        forma = forma_legal(sesion, resultado["forma_legal"])
        if forma is not None and resultado["tipo"] not in forma.tipos:
            if "forma_legal" in limpios:
                errores["forma_legal"] = _("Esa forma legal no corresponde al tipo de unidad.")
            else:
                limpios["forma_legal"] = None  # the kind changed: the form must be chosen again
    if (resultado["latitud"] is None) != (resultado["longitud"] is None):
        falta = "latitud" if resultado["latitud"] is None else "longitud"
        errores.setdefault(falta, _("Escriba las dos coordenadas o ninguna."))


def _actividades(
    sesion: Session, crudas: Any, resultado: dict[str, Any], errores: dict[str, str]
) -> list[str]:
    codigos = sorted({str(c).strip() for c in crudas or () if str(c).strip()} - {resultado["actividad_ciiu"]})
    if len(codigos) > ACTIVIDADES_MAX:
        errores["actividades"] = _("Elija como máximo %(maximo)s actividades.") % {"maximo": ACTIVIDADES_MAX}
        return []
    try:
        return [_actividad(sesion, texto_limpio(codigo) or "") for codigo in codigos]
    except Ilegible as error:
        errores["actividades"] = str(error)
        return []


def _identificador(esquema: str, crudo: Any, tipo: str | None) -> str | None:
    valor = texto_limpio(crudo)
    if valor is None:
        return None
    definicion = ESQUEMAS.get(esquema)
    if definicion is not None and tipo is not None and tipo not in definicion.tipos:
        raise Ilegible(_("Ese identificador no corresponde al tipo de unidad."))
    try:
        return normalizar_identificador(esquema, valor)
    except IdentificadorInvalido as error:
        raise Ilegible(error.detalle) from error


def faltantes(ficha: Ficha) -> dict[str, str]:
    """What a registration still needs before it can be submitted: `{field: what to do}`, in the order of the
    form.
    """
    pedidos = {
        "forma_legal": _("Elija la forma legal."),
        "actividad_ciiu": _("Elija la actividad principal."),
        "municipio_ine": _("Elija el municipio."),
        "direccion": _("Escriba la referencia del domicilio."),
    }
    faltan = {campo: texto for campo, texto in pedidos.items() if not ficha.campos[campo]}
    if not (ficha.campos["telefono"] or ficha.campos["correo"]):
        faltan["telefono"] = _("Escriba un teléfono o un correo.")
    return faltan
