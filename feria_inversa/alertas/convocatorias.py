"""Alerts of the fair: a search of the State's needs, told when a call is published that answers it."""

from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

from sqlalchemy import text
from sqlmodel import Session

from alertas import Emparejador, Hallazgo, emparejar, registrar_emparejador
from empresa_digital.registro import TipoUnidad, unidades_en_lote
from feria_inversa.actos import REANUDACION
from feria_inversa.alertas.criterios import COLUMNAS, Criterios, busqueda, en_palabras, objeto, volver
from feria_inversa.invitaciones import divisiones_conocidas
from feria_inversa.procesos import EstadoItem, abiertas_entre
from feria_inversa.procesos import eventos as eventos_de_procesos
from nucleo.eventos import EventoRecibido, al_ocurrir
from nucleo.plantillas import filtro_fecha_hora
from nucleo.textos import gettext as _
from nucleo.textos import perezoso as _l

CODIGO = "feria.convocatorias"

_OBJETO = text(
    f"SELECT {COLUMNAS} FROM feria_convocatoria c"  # noqa: S608
    " WHERE c.id = :id AND c.estado = 'publicado' AND c.vence_en > nucleo_ahora()"
)


@al_ocurrir(eventos_de_procesos.CONVOCATORIA_PUBLICADA, consumidor="feria.emparejar_alertas")
def emparejar_convocatoria(sesion: Session, evento: EventoRecibido) -> None:
    """Note it for every alert that it answers, if it still takes bids."""
    pide = {"id": evento.objeto_id, "estados": list(EstadoItem)}
    fila = sesion.connection().execute(_OBJETO, pide).one_or_none()
    if fila is not None:
        emparejar(sesion, CODIGO, evento.objeto_id, objeto(fila))


@al_ocurrir(eventos_de_procesos.CONVOCATORIA_MODIFICADA, consumidor="feria.emparejar_reanudada")
def emparejar_reanudada(sesion: Session, evento: EventoRecibido) -> None:
    """What takes bids again is news for whom was not told of it: it was suspended when it was to be told."""
    if evento.datos["clase"] == REANUDACION:
        emparejar_convocatoria(sesion, evento)


def _mostrar(sesion: Session, ids: Sequence[UUID]) -> Mapping[UUID, Hallazgo]:
    filas = abiertas_entre(sesion, ids)
    entidades = unidades_en_lote(sesion, [fila.unidad_id for fila in filas])
    return {
        fila.id: Hallazgo(
            fila.titulo,
            _("%(entidad)s recibe ofertas hasta el %(momento)s")
            % {"entidad": entidades[fila.unidad_id].nombre, "momento": filtro_fecha_hora(fila.vence_en)},
            f"/feria/{fila.id}",
        )
        for fila in filas
    }


def _proponer(sesion: Session, unidades: Collection[UUID]) -> Mapping[UUID, Criterios]:
    """To who works, what those of its activity usually provide, asked for in its department."""
    de_que = {
        u.id: (u.actividad_ciiu[:2], u.municipio_ine[:2])
        for u in unidades_en_lote(sesion, unidades).values()
        if u.esta_activa and u.tipo != TipoUnidad.ENTIDAD_PUBLICA and u.actividad_ciiu and u.municipio_ine
    }
    conocidas = divisiones_conocidas(sesion, {division for division, _donde in de_que.values()})
    return {
        unidad_id: Criterios(rubro=division, departamento=donde)
        for unidad_id, (division, donde) in de_que.items()
        if division in conocidas
    }


registrar_emparejador(
    Emparejador(
        CODIGO,
        _l("Convocatorias nuevas"),
        Criterios,
        busqueda,
        lambda sesion, criterios: en_palabras(sesion, criterios, _("Toda convocatoria nueva del Estado")),
        volver,
        _mostrar,
        _proponer,
    )
)
