"""The words and colours of kinds, states and data of a unit."""

from empresa_digital.registro.catalogos import TipoUnidad
from empresa_digital.registro.identificadores import ESQUEMAS
from empresa_digital.registro.unidades.ficha import PREFIJO_IDENTIFICADOR
from empresa_digital.registro.unidades.tipos import EstadoUnidad
from nucleo.textos import gettext as _

ESTADOS: dict[EstadoUnidad, tuple[str, str]] = {
    EstadoUnidad.BORRADOR: ("Borrador", "neutro"),
    EstadoUnidad.PRESENTADA: ("En revisión", "info"),
    EstadoUnidad.OBSERVADA: ("Con observaciones", "aviso"),
    EstadoUnidad.SUBSANADA: ("En revisión, corregida", "info"),
    EstadoUnidad.INSCRITA: ("Inscrita", "bien"),
    EstadoUnidad.SUSPENDIDA: ("Suspendida", "mal"),
    EstadoUnidad.CANCELADA: ("Cancelada", "neutro"),
}


SIGUIENTE: dict[EstadoUnidad, str] = {
    EstadoUnidad.BORRADOR: "Complete los datos y presente la solicitud.",
    EstadoUnidad.PRESENTADA: "El registro está revisando la solicitud. Le avisaremos en su buzón.",
    EstadoUnidad.OBSERVADA: "Corrija lo observado y vuelva a presentar.",
    EstadoUnidad.SUBSANADA: "El registro está revisando lo que corrigió. Le avisaremos en su buzón.",
    EstadoUnidad.INSCRITA: "Puede actuar. Mantenga sus datos al día.",
    EstadoUnidad.SUSPENDIDA: "Nadie puede actuar por esta unidad hasta que el registro la rehabilite.",
    EstadoUnidad.CANCELADA: "Esta unidad ya no actúa.",
}


CAMPOS: dict[str, str] = {
    "tipo": "tipo de unidad",
    "denominacion": "denominación",
    "nombre_comercial": "nombre comercial",
    "forma_legal": "forma legal",
    "municipio_ine": "municipio",
    "actividad_ciiu": "actividad principal",
    "actividades": "otras actividades",
    "direccion": "domicilio",
    "latitud": "ubicación",
    "longitud": "ubicación",
    "telefono": "teléfono",
    "correo": "correo",
    "sitio_web": "sitio web",
    "descripcion": "descripción",
}


def nombre_de_campo(campo: str) -> str:
    if campo.startswith(PREFIJO_IDENTIFICADOR):
        esquema = ESQUEMAS.get(campo.removeprefix(PREFIJO_IDENTIFICADOR))
        return esquema.nombre if esquema else campo
    return _(CAMPOS.get(campo, campo))


TIPOS: dict[TipoUnidad, str] = {
    TipoUnidad.PERSONA_NATURAL: "Persona que produce, vende o presta servicios",
    TipoUnidad.EMPRESA: "Empresa",
    TipoUnidad.COOPERATIVA: "Cooperativa",
    TipoUnidad.ASOCIACION: "Asociación o fundación",
    TipoUnidad.OECA: "Organización económica campesina (OECA)",
    TipoUnidad.COMUNIDAD: "Comunidad",
    TipoUnidad.ENTIDAD_PUBLICA: "Entidad pública",
    TipoUnidad.OPERADOR_POSTAL: "Operador postal",
}


def tipo_breve(tipo: TipoUnidad) -> str:
    """A word or two, for cards."""
    return {
        TipoUnidad.EMPRESA: _("Empresa"),
        TipoUnidad.COOPERATIVA: _("Cooperativa"),
        TipoUnidad.ASOCIACION: _("Asociación"),
        TipoUnidad.OECA: _("OECA"),
        TipoUnidad.COMUNIDAD: _("Comunidad"),
        TipoUnidad.PERSONA_NATURAL: _("Persona natural"),
        TipoUnidad.ENTIDAD_PUBLICA: _("Entidad pública"),
        TipoUnidad.OPERADOR_POSTAL: _("Operador postal"),
    }[TipoUnidad(tipo)]
