"""Rows of competences and norms to what the API answers."""

from collections.abc import Iterable

from sqlmodel import Session

from empresa_digital.registro.competencias.esquemas import CompetenciaSalida, NormaSalida
from empresa_digital.registro.competencias.modelos import Competencia, Norma
from empresa_digital.registro.unidades import unidades_en_lote


def norma_publica(fila: Norma) -> NormaSalida:
    return NormaSalida.model_validate(fila, from_attributes=True)


def competencias_publicas(sesion: Session, filas: Iterable[Competencia]) -> list[CompetenciaSalida]:
    lista = list(filas)
    autoridades = unidades_en_lote(sesion, (fila.autoridad_id for fila in lista))
    return [
        CompetenciaSalida(
            id=fila.id,
            autoridad=autoridades[fila.autoridad_id].numero,
            autoridad_nombre=autoridades[fila.autoridad_id].nombre,
            materia=fila.materia,
            clase=fila.clase,
            lugar=fila.lugar,
            norma=fila.norma,
            vigente_desde=fila.vigente_desde,
            vigente_hasta=fila.vigente_hasta,
            otorgada_en=fila.otorgada_en,
            retirada_en=fila.retirada_en,
            retirada_motivo=fila.retirada_motivo,
        )
        for fila in lista
    ]
