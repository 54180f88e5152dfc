"""Who holds each role of contracting, and who may therefore do each act of a process."""

from feria_inversa.papeles.anotar import anotar_responsable
from feria_inversa.papeles.consultas import (
    apartados,
    del_proceso,
    designacion_por_id,
    designaciones_de,
    excusa_por_id,
    excusas_de,
    incompatibles,
    que_rigen,
    que_se_excusan,
)
from feria_inversa.papeles.errores import (
    DesignacionNoEncontrada,
    DesignacionTerminada,
    NoSeRecusa,
    PapelIncompatible,
    PapelNoCorresponde,
    SinPapel,
)
from feria_inversa.papeles.estados import VIDA_EXCUSA, ClaseDeExcusa, EstadoExcusa, nombre_de_excusa
from feria_inversa.papeles.exigir import (
    ABRIR,
    CALIFICAR,
    CONDUCIR,
    DECIDIR,
    NOMBRAR,
    ORDENAR,
    RECIBIR,
    RESOLVER,
    exigir_papel,
)
from feria_inversa.papeles.tipos import DE_ENTIDAD, DE_PROCESO, Papel, facultades_para, nombre_de_papel

__all__ = [
    "ABRIR",
    "CALIFICAR",
    "CONDUCIR",
    "DECIDIR",
    "DE_ENTIDAD",
    "DE_PROCESO",
    "NOMBRAR",
    "ORDENAR",
    "RECIBIR",
    "RESOLVER",
    "VIDA_EXCUSA",
    "ClaseDeExcusa",
    "DesignacionNoEncontrada",
    "DesignacionTerminada",
    "EstadoExcusa",
    "NoSeRecusa",
    "Papel",
    "PapelIncompatible",
    "PapelNoCorresponde",
    "SinPapel",
    "anotar_responsable",
    "apartados",
    "del_proceso",
    "designacion_por_id",
    "designaciones_de",
    "excusa_por_id",
    "excusas_de",
    "exigir_papel",
    "facultades_para",
    "incompatibles",
    "nombre_de_excusa",
    "nombre_de_papel",
    "que_rigen",
    "que_se_excusan",
]
