"""Domain errors: one class each, with a stable `codigo`, answered as RFC 9457 problem details or a page.

`detalle` is Spanish and says what to do. A class states its HTTP status once; no handler
builds error answers.
"""

from collections.abc import Mapping
from typing import Any, ClassVar

from pydantic import BaseModel, Field

from nucleo.textos import gettext as _
from nucleo.textos import perezoso as _l


class Problema(BaseModel):
    """RFC 9457 problem details, as every error of the API is answered."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str
    codigo: str
    solicitud: str | None = Field(None, description="Identificador de la solicitud, para pedir ayuda.")
    campos: dict[str, str] | None = Field(
        None, description="Error de cada dato, por su nombre en el cuerpo o en la dirección."
    )


class ErrorDominio(Exception):
    """Base of every error that a person or a client can cause."""

    estado: ClassVar[int] = 400
    codigo: ClassVar[str] = "error"
    titulo: ClassVar[str] = _l("No se pudo completar")
    pasajero: ClassVar[bool] = False  # nothing was judged: the same request, sent again, may well succeed

    def __init__(self, detalle: str = "", *, campos: dict[str, str] | None = None, **extra: Any) -> None:
        super().__init__(detalle or self.titulo)
        self.detalle = str(detalle or self.titulo)
        self.campos = campos
        self.extra = extra
        self.cabeceras: dict[str, str] = {}

    def problema(self, solicitud: str | None = None) -> dict[str, Any]:
        cuerpo = Problema(
            type=f"/errores/{self.codigo}",
            title=str(self.titulo),
            status=self.estado,
            detail=self.detalle,
            codigo=self.codigo,
            solicitud=solicitud,
            campos=self.campos,
        ).model_dump(exclude_none=True)
        return {**self.extra, **cuerpo}


class NoAutenticado(ErrorDominio):
    estado = 401
    codigo = "no_autenticado"
    titulo = _l("Ingrese con su ciudadanía digital")

    def __init__(self, detalle: str = "", **extra: Any) -> None:
        super().__init__(detalle, **extra)
        self.cabeceras["WWW-Authenticate"] = 'Bearer realm="qhatu"'


class Prohibido(ErrorDominio):
    estado = 403
    codigo = "prohibido"
    titulo = _l("No tiene permiso para esta acción")


class NoEncontrado(ErrorDominio):
    estado = 404
    codigo = "no_encontrado"
    titulo = _l("No existe lo que busca")


class Conflicto(ErrorDominio):
    estado = 409
    codigo = "conflicto"
    titulo = _l("El estado actual no permite esta acción")


class PrecondicionFallida(ErrorDominio):
    estado = 412
    codigo = "version_anterior"
    titulo = _l("Alguien cambió este dato mientras usted lo editaba")


class DatosInvalidos(ErrorDominio):
    estado = 422
    codigo = "datos_invalidos"
    titulo = _l("Revise los datos enviados")


class FaltaPrecondicion(ErrorDominio):
    estado = 428
    codigo = "falta_if_match"
    titulo = _l("Falta la cabecera If-Match")


class LimiteExcedido(ErrorDominio):
    estado = 429
    codigo = "demasiadas_solicitudes"
    titulo = _l("Demasiadas solicitudes")
    pasajero = True

    def __init__(self, detalle: str = "", *, espere_s: int = 1, **extra: Any) -> None:
        super().__init__(detalle, **extra)
        self.cabeceras["Retry-After"] = str(max(1, espere_s))


class NoDisponible(ErrorDominio):
    estado = 503
    codigo = "no_disponible"
    titulo = _l("Servicio temporalmente no disponible")
    pasajero = True

    def __init__(self, detalle: str = "", **extra: Any) -> None:
        super().__init__(detalle, **extra)
        self.cabeceras["Retry-After"] = "5"


def ocupado() -> NoDisponible:
    """Too much is asked at once, or the database is away: the same request will do in a moment."""
    return NoDisponible(_("El servicio está ocupado. Repita la acción en unos segundos."))


_TEXTOS = {
    400: _l("Solicitud mal formada"),
    401: NoAutenticado.titulo,
    403: Prohibido.titulo,
    404: NoEncontrado.titulo,
    405: _l("Método no permitido"),
    409: Conflicto.titulo,
    412: PrecondicionFallida.titulo,
    413: _l("El archivo es demasiado grande"),
    415: _l("Tipo de contenido no admitido"),
    422: DatosInvalidos.titulo,
    428: FaltaPrecondicion.titulo,
    429: LimiteExcedido.titulo,
    503: NoDisponible.titulo,
}


def titulo_de(estado: int) -> str:
    return str(_TEXTOS.get(estado, _l("Ocurrió un error")))


_ESQUEMA_DE_PROBLEMA = Problema.model_json_schema()  # once: each route would take milliseconds


def respuestas(*estados: int) -> dict[int | str, dict[str, Any]]:
    """`responses=` of a route: these statuses beside the ones every API route can answer."""
    todas = sorted({400, 401, 403, 422, 429, *estados})
    return {
        e: {
            "description": titulo_de(e),
            "content": {"application/problem+json": {"schema": _ESQUEMA_DE_PROBLEMA}},
        }
        for e in todas
    }


_TEXTO = _l("Envíe un texto, entre comillas.")
_NUMERO = _l("Envíe un número.")
_OBJETO = _l("Envíe un objeto JSON, con sus datos entre llaves.")
_LISTA = _l("Envíe una lista, entre corchetes.")
_IDENTIFICADOR = _l("No es un identificador válido (UUID).")
_ENTERO = _l("Escriba un número entero.")
_LOGICO = _l("Responda verdadero o falso.")
_MOMENTO = _l("Escriba una fecha y hora con formato 2026-01-31T10:00:00-04:00.")
_FECHA = _l("Escriba una fecha con formato 2026-01-31.")
_ENORME = _l("El número es demasiado grande.")
_OPCION = _l("No es una de las opciones: %(opciones)s.")

_MENSAJES = {
    "missing": _l("Falta este dato."),
    "json_invalid": _l("El cuerpo no es JSON válido."),
    "extra_forbidden": _l("Este dato no se conoce: quítelo."),
    "model_type": _OBJETO,
    "model_attributes_type": _OBJETO,
    "dict_type": _OBJETO,
    "list_type": _LISTA,
    "tuple_type": _LISTA,
    "string_type": _TEXTO,
    "string_unicode": _l("Tiene caracteres que no son texto."),
    "string_too_short": _l("Es demasiado corto: use %(min_length)s letras o más."),
    "string_vacio": _l("No puede quedar vacío."),
    "string_too_long": _l("Es demasiado largo: use como máximo %(max_length)s letras."),
    "string_pattern_mismatch": _l("No tiene la forma que se espera."),
    "too_short": _l("Son muy pocos: deben ser %(min_length)s o más."),
    "too_long": _l("Son demasiados: como máximo %(max_length)s."),
    "uuid_type": _IDENTIFICADOR,
    "uuid_parsing": _IDENTIFICADOR,
    "int_type": _ENTERO,
    "int_parsing": _ENTERO,
    "int_from_float": _ENTERO,
    "int_parsing_size": _ENORME,
    "finite_number": _ENORME,
    "decimal_type": _NUMERO,
    "decimal_whole_digits": _ENORME,
    "decimal_max_digits": _l("Lleva demasiadas cifras: como máximo %(max_digits)s."),
    "enum": _OPCION,
    "literal_error": _OPCION,
    "greater_than": _l("Debe ser más de %(gt)s."),
    "greater_than_equal": _l("Debe ser %(ge)s o más."),
    "less_than": _l("Debe ser menos de %(lt)s."),
    "less_than_equal": _l("Debe ser %(le)s o menos."),
    "bool_type": _LOGICO,
    "bool_parsing": _LOGICO,
    "datetime_type": _MOMENTO,
    "datetime_parsing": _MOMENTO,
    "timezone_aware": _MOMENTO,
    "date_type": _FECHA,
    "date_parsing": _FECHA,
    "date_from_datetime_parsing": _FECHA,
}
SIN_PALABRAS = _l("No es válido.")
"""For what no route of ours can be asked (a test looks at all of them)."""


def mensaje_de_validacion(falta: Mapping[str, Any]) -> str:
    """What to say of one error of pydantic; a validator of ours speaks for itself."""
    contexto = dict(falta.get("ctx", {}))
    propio = contexto.get("error")
    if falta["type"] == "value_error" and propio:
        return str(propio)
    clase = falta["type"]
    if isinstance(falta["input"], str) and clase in ("too_short", "too_long"):
        clase = f"string_{clase}"  # pydantic takes what a reader of ours gives for any value with a length
    if clase == "string_too_short" and contexto["min_length"] == 1:
        clase = "string_vacio"
    if "expected" in contexto:  # 'uno', 'dos' or 'tres'
        contexto["opciones"] = contexto["expected"].replace("'", "").replace(" or ", _(" o "))
    return str(_MENSAJES.get(clase, SIN_PALABRAS)) % contexto
