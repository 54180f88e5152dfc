"""Rows of operators for the API and the pages."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlmodel import Session

from ciudadania import nombres_de_personas
from empresa_digital.registro import lugares, nombres_de_unidades
from envios.operadores.consultas import semanas_de
from envios.operadores.esquemas import AgenciaLeida, CoberturaLeida, TrabajoLeido
from envios.operadores.horarios import Apertura, apertura
from envios.operadores.valores import Agencia, Cobertura, Trabajo
from nucleo.plazos import calendario
from nucleo.reloj import ahora_bd
from nucleo.semanas import Semana, SemanaEscrita, semana_en_palabras
from nucleo.textos import gettext as _


@dataclass(frozen=True, slots=True)
class Ficha:
    """An agency as it is looked at: where, whose, its hours in words, and how it is at this moment."""

    agencia: Agencia
    operador: str
    lugar: str
    semana: Semana
    ahora: Apertura

    @property
    def horario(self) -> list[tuple[str, str]]:
        return semana_en_palabras(self.semana)


def fichas(sesion: Session, agencias: Collection[Agencia], instante: datetime | None = None) -> list[Ficha]:
    """In the same order, in four queries however many they are."""
    cuando = instante or ahora_bd(sesion)
    semanas = semanas_de(sesion, [a.id for a in agencias])
    donde = lugares(sesion, {a.municipio_ine for a in agencias})
    de = nombres_de_unidades(sesion, {a.operador_unidad_id for a in agencias})
    feriados = calendario(sesion)
    return [
        Ficha(
            agencia=a,
            operador=de[a.operador_unidad_id],
            lugar=donde.get(a.municipio_ine, ""),
            semana=semanas[a.id],
            ahora=apertura(semanas[a.id], feriados.en([a.municipio_ine]), cuando)
            if a.abierta
            else Apertura(False, _("Cerrada: %(motivo)s") % {"motivo": a.cerrada_motivo}),
        )
        for a in agencias
    ]


def leer_agencia(ficha: Ficha) -> AgenciaLeida:
    a = ficha.agencia
    return AgenciaLeida(
        **{
            campo: getattr(a, campo)
            for campo in AgenciaLeida.model_fields
            if campo not in ("lugar", "horario", "horario_en_palabras", "abierta_ahora", "ahora")
        },
        lugar=ficha.lugar,
        horario=SemanaEscrita.de(ficha.semana),
        horario_en_palabras=[f"{dias}: {horas}" for dias, horas in ficha.horario],
        abierta_ahora=ficha.ahora.abierta,
        ahora=ficha.ahora.texto,
    )


def leer_trabajos(sesion: Session, trabajos: Sequence[Trabajo]) -> list[TrabajoLeido]:
    nombres = nombres_de_personas(sesion, {t.persona_id for t in trabajos})
    return [
        TrabajoLeido(
            id=t.id,
            agencia_id=t.agencia_id,
            persona_id=t.persona_id,
            nombre=nombres[t.persona_id],
            desde=t.desde,
            hasta=t.hasta,
        )
        for t in trabajos
    ]


def leer_coberturas(sesion: Session, filas: Iterable[Cobertura]) -> list[CoberturaLeida]:
    todas = list(filas)
    donde = lugares(sesion, {c.municipio_ine for c in todas})
    de = nombres_de_unidades(sesion, {c.llegada.operador_unidad_id for c in todas})
    return [
        CoberturaLeida(
            **asdict(c.llegada),
            operador=de[c.llegada.operador_unidad_id],
            municipio_ine=c.municipio_ine,
            lugar=donde.get(c.municipio_ine, ""),
            con_agencia=c.con_agencia,
        )
        for c in todas
    ]
