"""Write on an item's row what all its events say now, and tell it when it is news."""

from collections.abc import Collection, Mapping
from datetime import datetime
from uuid import UUID

from sqlmodel import Session

from envios.eventos.consultas import corregidos_de, eventos_por_envio, incidencias_por_envio
from envios.eventos.derivar import Derivacion, derivar
from envios.eventos.incidencias import sincronizar
from envios.eventos.modelos import EventoEnvio, IncidenciaDeEnvio
from envios.items import VIDA_ENVIO, EstadoEnvio, datos_de
from envios.items import eventos as publicados
from envios.items.modelos import Envio
from nucleo.actor import Autorizacion
from nucleo.eventos import publicar
from nucleo.reloj import ahora_bd

_NOTICIAS = {
    EstadoEnvio.EN_REPARTO: publicados.ENVIO_EN_REPARTO,
    EstadoEnvio.LISTO_PARA_RETIRO: publicados.ENVIO_LISTO_PARA_RETIRO,
    EstadoEnvio.INTENTO_FALLIDO: publicados.ENVIO_INTENTO_FALLIDO,
    EstadoEnvio.EN_DEVOLUCION: publicados.ENVIO_EN_DEVOLUCION,
    EstadoEnvio.ENTREGADO: publicados.ENVIO_ENTREGADO,
    EstadoEnvio.DEVUELTO: publicados.ENVIO_DEVUELTO,
    EstadoEnvio.ANULADO: publicados.ENVIO_ANULADO,
    EstadoEnvio.SIN_NOTICIAS: publicados.ENVIO_SIN_NOTICIAS,
}


class Historias:
    """Locked items with all their events, what of them was declared wrong and their incidents, read once."""

    def __init__(self, sesion: Session, envios: Mapping[UUID, Envio], instante: datetime) -> None:
        self.sesion, self.envios, self.instante = sesion, envios, instante
        self.eventos = eventos_por_envio(sesion, envios)
        self.incidencias: dict[UUID, list[IncidenciaDeEnvio]] = incidencias_por_envio(sesion, envios)
        self.corregidos: set[UUID] = corregidos_de(sesion, envios)
        self._antes: dict[UUID, Derivacion] = {}

    def derivar(self, envio: Envio) -> Derivacion:
        return derivar(
            self.eventos[envio.id], self.corregidos, envio.operador_unidad_id, envio.creado_en, self.instante
        )

    def antes(self, envio: Envio) -> Derivacion:
        """What was known of an item before it is changed."""
        if envio.id not in self._antes:
            self._antes[envio.id] = self.derivar(envio)
        return self._antes[envio.id]

    def aplicar(self, envio: Envio, autorizacion: Autorizacion) -> Derivacion:
        """Derive again, write the row and its incidents, publish what is news. `antes` was asked before."""
        antes, estado, admitido_antes = self._antes[envio.id], envio.estado, envio.admitido_en
        ahora = self.derivar(envio)
        corregidos = sum(e.id in self.corregidos for e in self.eventos[envio.id])
        _escribir(envio, ahora, corregidos)
        self.sesion.flush()
        sincronizar(self.sesion, envio, ahora.incidencias, self.incidencias[envio.id], self.instante)
        self._antes[envio.id] = ahora
        if not _es_correccion(antes, ahora, self.corregidos):
            self._contar(envio, autorizacion, antes, ahora, estado, admitido_antes)
        return ahora

    def _contar(
        self,
        envio: Envio,
        autorizacion: Autorizacion,
        antes: Derivacion,
        ahora: Derivacion,
        estado: EstadoEnvio,
        admitido_antes: datetime | None,
    ) -> None:
        decisivo = ahora.evento
        datos = datos_de(envio)
        if decisivo is not None:
            datos |= {"evento_id": str(decisivo.id), "codigo": decisivo.codigo}
        if admitido_antes is None and envio.admitido_en is not None and not envio.estado.es_terminal:
            publicar(self.sesion, publicados.ENVIO_ADMITIDO, envio.id, datos, autorizacion)
        otro = decisivo is not None and (antes.evento is None or antes.evento.id != decisivo.id)
        if ahora.estado is not estado or (otro and not ahora.estado.es_terminal):
            noticia = _NOTICIAS.get(ahora.estado)
            if noticia is not None:
                publicar(self.sesion, noticia, envio.id, datos, autorizacion)


def _es_correccion(antes: Derivacion, ahora: Derivacion, corregidos: Collection[UUID]) -> bool:
    """Whether it changed because what decided it was declared wrong: that is no news, it is an incident."""
    return antes.evento is not None and antes.evento is not ahora.evento and antes.evento.id in corregidos


def _escribir(envio: Envio, derivado: Derivacion, corregidos: int) -> None:
    assert derivado.evento is not None or derivado.estado is EstadoEnvio.ANUNCIADO
    corrige = corregidos > envio.correcciones
    if derivado.estado is not envio.estado:
        VIDA_ENVIO.pasar(envio, derivado.estado, salvo=corrige)
    envio.estado_en = derivado.evento.ocurrido_en if derivado.evento is not None else envio.creado_en
    envio.correcciones = corregidos
    envio.admitido_en = derivado.admitido_en
    envio.entregado_en = derivado.entregado_en
    envio.ultimo_evento_en = derivado.ultimo_evento_en
    envio.noticias_en = derivado.noticias_en
    envio.revisar_en = derivado.revisar_en
    envio.custodio_unidad_id = derivado.custodio
    envio.intentos = derivado.intentos
    envio.version += 1


def historia_de(sesion: Session, envio: Envio) -> tuple[list[EventoEnvio], EventoEnvio | None]:
    """The events that count, in order of occurrence, and the one that decides the state."""
    historias = Historias(sesion, {envio.id: envio}, ahora_bd(sesion))
    dice = historias.derivar(envio)
    cuentan = [
        e
        for e in historias.eventos[envio.id]
        if e.id not in historias.corregidos and e.operador_unidad_id in dice.cadena
    ]
    cuentan.sort(key=lambda e: (e.ocurrido_en, e.recibido_en, e.id))
    decisivo = dice.evento
    assert decisivo is None or isinstance(decisivo, EventoEnvio)
    return cuentan, decisivo
