"""The life of a file of history, and what may be said of its lines."""

from enum import StrEnum

from nucleo.textos import gettext as _
from nucleo.vidas import Vida


class EstadoArchivo(StrEnum):
    EN_MARCHA = "en_marcha"
    TERMINADO = "terminado"
    CORTADO = "cortado"


def nombre_estado(estado: EstadoArchivo | str) -> str:
    return {"en_marcha": _("En marcha"), "terminado": _("Terminado"), "cortado": _("Quedó a medias")}[
        str(estado)
    ]


TONOS = {"en_marcha": "info", "terminado": "bien", "cortado": "aviso"}

_E = EstadoArchivo
VIDA_ARCHIVO = Vida(
    "feria_historia_archivo",
    EstadoArchivo,
    {_E.EN_MARCHA: {_E.TERMINADO, _E.CORTADO}},
    nace={_E.EN_MARCHA},
    fines={_E.TERMINADO, _E.CORTADO},
    nombre=nombre_estado,
)


class Formato(StrEnum):
    """`CONVOCATORIAS` is also the shape of the months of sociedatos, whichever the order of its columns."""

    CONVOCATORIAS = "convocatorias"
    PROCESOS = "procesos"
    ITEMS = "items"
    ADJUDICADOS = "adjudicados"


class Que(StrEnum):
    """A line that is not in, one that says what another said, or something to know of one that is in."""

    ILEGIBLE = "ilegible"
    REPETIDO = "repetido"
    AVISO = "aviso"


class Motivo(StrEnum):
    """Why."""

    # of a line that is not in
    LARGA = "larga"
    NULO = "nulo"
    COMILLAS = "comillas"
    CODIFICACION = "codificacion"
    COLUMNAS = "columnas"
    CUCE = "cuce"
    # of the whole of a line that is
    REPETIDO = "repetido"
    OTRA_VERSION = "otra_version"
    EN_1252 = "en_1252"
    # of a cell, which is empty for it
    FECHA = "fecha"
    FECHA_IMPOSIBLE = "fecha_imposible"
    NUMERO = "numero"
    FUERA_DE_RANGO = "fuera_de_rango"
    LOGICO = "logico"
    DEPARTAMENTO = "departamento"
    UNSPSC = "unspsc"
    # of a cell that is in, with less than it said
    MEDIDA = "medida"
    REDONDEADO = "redondeado"
    TEXTO_LARGO = "texto_largo"


class Falla(StrEnum):
    """Known flaws of what a file says: noted on the row, never mended."""

    ADJUDICADO_DISTINTO = "adjudicado_distinto"
    CUCE_CORREGIDO = "cuce_corregido"
    FECHA_IMPOSIBLE = "fecha_imposible"
    FECHAS_EN_DESORDEN = "fechas_en_desorden"
    NORMA_ES_DEPARTAMENTO = "norma_es_departamento"
    RECIBIDO_DISTINTO = "recibido_distinto"
    REDONDEADO = "redondeado"
    REFERENCIAL_DISTINTO = "referencial_distinto"
    SIN_REFERENCIA = "sin_referencia"
    VACIO = "vacio"
