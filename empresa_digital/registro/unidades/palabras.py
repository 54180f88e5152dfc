"""The words and colours of kinds, states and data of a unit."""

from empresa_digital.registro.catalogos import TipoUnidad
from empresa_digital.registro.identificadores import ESQUEMAS
from empresa_digital.registro.unidades.ficha import CAMPOS, PREFIJO_IDENTIFICADOR
from empresa_digital.registro.unidades.tipos import EstadoUnidad
from nucleo.textos import perezoso as _l

ESTADOS: dict[EstadoUnidad, tuple[str, str]] = {
    EstadoUnidad.BORRADOR: (_l("Borrador"), "neutro"),
    EstadoUnidad.PRESENTADA: (_l("En revisión"), "info"),
    EstadoUnidad.OBSERVADA: (_l("Con observaciones"), "aviso"),
    EstadoUnidad.SUBSANADA: (_l("En revisión, corregida"), "info"),
    EstadoUnidad.INSCRITA: (_l("Inscrita"), "bien"),
    EstadoUnidad.SUSPENDIDA: (_l("Suspendida"), "mal"),
    EstadoUnidad.CANCELADA: (_l("Cancelada"), "neutro"),
}


SIGUIENTE: dict[EstadoUnidad, str] = {
    EstadoUnidad.BORRADOR: _l("Complete los datos y presente la solicitud."),
    EstadoUnidad.PRESENTADA: _l("El registro está revisando la solicitud. Le avisaremos en su buzón."),
    EstadoUnidad.OBSERVADA: _l("Corrija lo observado y vuelva a presentar."),
    EstadoUnidad.SUBSANADA: _l("El registro está revisando lo que corrigió. Le avisaremos en su buzón."),
    EstadoUnidad.INSCRITA: _l("Puede actuar. Mantenga sus datos al día."),
    EstadoUnidad.SUSPENDIDA: _l("Nadie puede actuar por esta unidad hasta que el registro la rehabilite."),
    EstadoUnidad.CANCELADA: _l("Esta unidad ya no actúa."),
}


_PALABRAS = {**CAMPOS, "actividades": _l("otras actividades")}


def nombre_de_campo(campo: str) -> str:
    if campo.startswith(PREFIJO_IDENTIFICADOR):
        esquema = ESQUEMAS.get(campo.removeprefix(PREFIJO_IDENTIFICADOR))
        return esquema.nombre if esquema else campo
    return str(_PALABRAS.get(campo, campo))


TIPOS: dict[TipoUnidad, tuple[str, str]] = {
    TipoUnidad.PERSONA_NATURAL: (
        _l("Persona natural"),
        _l("Trabaja por su cuenta."),
    ),
    TipoUnidad.EMPRESA: (_l("Empresa"), ""),
    TipoUnidad.COOPERATIVA: (_l("Cooperativa"), ""),
    TipoUnidad.ASOCIACION: (_l("Asociación o fundación"), ""),
    TipoUnidad.OECA: (
        _l("Organización campesina (OECA)"),
        _l("Económica, de familias productoras."),
    ),
    TipoUnidad.COMUNIDAD: (_l("Comunidad"), ""),
    TipoUnidad.ENTIDAD_PUBLICA: (_l("Entidad pública"), ""),
    TipoUnidad.OPERADOR_POSTAL: (_l("Operador postal"), ""),
}
"""The name of each kind, and what helps to choose it, in the order in which a form offers them."""


def nombre_de_tipo(tipo: TipoUnidad) -> str:
    return str(TIPOS[tipo][0])
