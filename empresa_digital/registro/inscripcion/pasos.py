"""The steps of «register my unit»: one group of questions a page, in the order in which they are asked."""

from dataclasses import dataclass

from sqlmodel import Session

from empresa_digital.registro.catalogos import TipoUnidad, formas_legales
from empresa_digital.registro.unidades import EstadoUnidad, Unidad
from nucleo.textos import perezoso as _l

REVISAR = "revisar"


@dataclass(frozen=True, slots=True)
class Paso:
    """A page of the form: the fields it asks for, and whether only the regulator changes them once
    registered.
    """

    clave: str
    titulo: str
    campos: tuple[str, ...]
    reservado: bool = False


PASOS: tuple[Paso, ...] = (
    Paso("nombre", _l("Nombre"), ("denominacion", "nombre_comercial"), reservado=True),
    Paso("forma", _l("Forma legal"), ("forma_legal",), reservado=True),
    Paso("actividad", _l("Actividad"), ("actividad_ciiu", "actividades")),
    Paso("lugar", _l("Lugar"), ("municipio_ine", "direccion", "latitud", "longitud")),
    Paso("contacto", _l("Contacto"), ("telefono", "correo", "sitio_web", "descripcion")),
    Paso("identificadores", _l("Identificadores"), ("identificadores",), reservado=True),
)
POR_CLAVE = {paso.clave: paso for paso in PASOS}
_DE_CAMPO = {campo: paso.clave for paso in PASOS for campo in paso.campos}


def paso_de(campo: str) -> str:
    """The page where a field is asked, for the link of an error: `identificadores.BO-NIT` too."""
    return _DE_CAMPO.get(campo.split(".", maxsplit=1)[0], "nombre")


def siguiente_paso(clave: str, unidad: Unidad, sesion: Session) -> str:
    """The page after this one; a kind of unit with a single legal form is not asked for it."""
    orden = [paso.clave for paso in PASOS]
    siguiente = orden[orden.index(clave) + 1] if clave != orden[-1] else REVISAR
    if siguiente == "forma" and forma_unica(sesion, unidad.tipo) and unidad.forma_legal:
        return "actividad"
    return siguiente


def anterior_paso(clave: str) -> str | None:
    orden = [paso.clave for paso in PASOS]
    return orden[orden.index(clave) - 1] if clave != orden[0] else None


def forma_unica(sesion: Session, tipo: TipoUnidad) -> str | None:
    """The legal form of a kind of unit that has only one."""
    formas = formas_legales(sesion, tipo)
    return formas[0].codigo if len(formas) == 1 else None


def permitidos(unidad: Unidad) -> list[Paso]:
    """The pages whose data the owner may change in the state of the unit."""
    if unidad.estado in (EstadoUnidad.BORRADOR, EstadoUnidad.OBSERVADA):
        return list(PASOS)
    if unidad.estado == EstadoUnidad.INSCRITA:
        return [paso for paso in PASOS if not paso.reservado]
    return []
