"""Write on an item's row what all its events say now, and tell it when it is news."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import cached_property
from typing import Generic, TypeVar
from uuid import UUID

from moneyed import Money
from sqlmodel import Session

from envios import deudas, portes
from envios.eventos.consultas import eventos_y_corregidos, incidencias_por_envio
from envios.eventos.derivar import Derivacion, EventoDeEnvio, derivar, quien_decide
from envios.eventos.emsevt import CodigoPropio
from envios.eventos.incidencias import sincronizar
from envios.eventos.modelos import IncidenciaDeEnvio
from envios.eventos.sucesos import Suceso
from envios.items import VIDA_ENVIO, EnvioConEventos, EstadoEnvio, datos_de, reglamento
from envios.items import eventos as publicados
from envios.items.modelos import Envio
from nucleo.actor import Autorizacion
from nucleo.dinero import cero
from nucleo.eventos import Noticia, publicar_varias
from nucleo.filas import Fila, actualizar_filas

E = TypeVar("E", bound=EnvioConEventos)

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
# Said of an item on its way, whatever state that is.
_DE_UN_CODIGO: dict[str, str | None] = {
    CodigoPropio.ENTREGA_PROVISIONAL: publicados.ENVIO_ENTREGA_PROVISIONAL,
    CodigoPropio.NO_RECIBIDO: None,
}


class Antes:
    """An item before it is changed: what its row says, who may speak of it, and the event that decides.

    Its events are read when that is asked for: of most items of a batch it is not.
    """

    def __init__(
        self, envio: EnvioConEventos, eventos: Sequence[Suceso], corregidos: frozenset[UUID]
    ) -> None:
        self.estado, self._primero = envio.estado, envio.operador_unidad_id
        self._eventos, self._corregidos = tuple(eventos), corregidos

    @cached_property
    def _dice(self) -> tuple[frozenset[UUID], EventoDeEnvio | None]:
        return quien_decide(self._eventos, self._corregidos, self._primero)

    @property
    def cadena(self) -> frozenset[UUID]:
        return self._dice[0]

    @property
    def evento(self) -> EventoDeEnvio | None:
        return self._dice[1]


class Historias(Generic[E]):
    """Locked items with all their events, what of them was declared wrong and their incidents, read once."""

    def __init__(self, sesion: Session, envios: Mapping[UUID, E], instante: datetime) -> None:
        self.sesion, self.envios, self.instante = sesion, envios, instante
        self.eventos, self.corregidos = eventos_y_corregidos(sesion, envios)
        self.incidencias: dict[UUID, list[IncidenciaDeEnvio]] = incidencias_por_envio(sesion, envios)
        self.portes = portes.portes_de(sesion, envios)
        self.cobros = self._cobros()
        self.reglamento = reglamento(sesion)
        self._antes: dict[UUID, Antes] = {}
        self._corregidos_antes: frozenset[UUID] = frozenset()
        self._previstas: dict[UUID, Derivacion] = {}
        self._despues: dict[UUID, Derivacion] = {}

    def _cobros(self) -> dict[UUID, Money]:
        """What is collected at the door of each of these items, of those of which something is."""
        cotizados = {id: p.contra_entrega for id, p in self.portes.items()}
        de_pedidos = [id for id, envio in self.envios.items() if envio.referencia_tipo == "pedido"]
        todos = cotizados | deudas.cobros_de(self.sesion, de_pedidos)
        return {id: monto for id, monto in todos.items() if monto > cero()}

    def derivar(self, envio: EnvioConEventos) -> Derivacion:
        porte = self.portes.get(envio.id) if self.portes else None
        return derivar(
            self.eventos[envio.id],
            self.corregidos,
            envio.operador_unidad_id,
            envio.creado_en,
            self.reglamento.de(envio.creado_en),
            self.instante,
            cobrado=porte is not None and porte.estado is portes.EstadoPorte.LIQUIDADO,
        )

    def antes(self, envio: EnvioConEventos) -> Antes:
        """What was known of an item before it is changed."""
        if envio.id not in self._antes:
            if len(self._corregidos_antes) != len(self.corregidos):
                self._corregidos_antes = frozenset(self.corregidos)
            self._antes[envio.id] = Antes(envio, self.eventos[envio.id], self._corregidos_antes)
        return self._antes[envio.id]

    def prever(self, envios: Iterable[EnvioConEventos]) -> None:
        """Derive them already: what `aplicar` will write, unless something is forgotten (`olvidar`)."""
        self._previstas |= {envio.id: self.derivar(envio) for envio in envios}

    def olvidar(self, evento: Suceso) -> None:
        """It was not written after all."""
        self.eventos[evento.envio_id].remove(evento)
        self._previstas.pop(evento.envio_id, None)

    def aplicar(self, envios: Sequence[EnvioConEventos], autorizacion: Autorizacion) -> None:
        """Derive again, write the rows and their incidents, publish what is news: once for each item, however
        many events came. `antes` was asked of each before.
        """
        noticias: list[Noticia] = []
        filas: list[Fila] = []
        for envio in envios:
            antes, ahora = self._antes[envio.id], self._previstas.pop(envio.id, None) or self.derivar(envio)
            estado, admitido = envio.estado, envio.admitido_en
            self._despues[envio.id] = ahora
            filas.append(_fila(envio, ahora, self._corregidos(envio.id)))
            sincronizar(self.sesion, envio, ahora.incidencias, self.incidencias[envio.id], self.instante)
            if not _es_correccion(antes, ahora, self.corregidos):
                noticias += _noticias(envio, antes, ahora, estado, admitido)
        self.sesion.flush()
        actualizar_filas(self.sesion, Envio, filas)
        publicar_varias(self.sesion, noticias, autorizacion)
        if self.portes or self.cobros:
            self._mover_dinero(envios, autorizacion)

    def _corregidos(self, envio_id: UUID) -> int:
        """How many of its events were declared wrong."""
        return sum(e.id in self.corregidos for e in self.eventos[envio_id]) if self.corregidos else 0

    def _mover_dinero(self, envios: Sequence[EnvioConEventos], autorizacion: Autorizacion) -> None:
        """What all that was applied means for money: postage is settled when the item is received or
        annulled, in one call of the ledger; a delivery with cash begins a debt, its correction cancels it.
        """
        cobran = [e for e in envios if e.id in self.cobros]
        # Debts before the ledger's accounts, all at once and by id: as whoever closes a round does.
        vivas = deudas.bloquear_cobros(self.sesion, [e.id for e in cobran])
        for envio in cobran:
            dice = self._despues[envio.id]
            entrega = dice.evento if dice.estado is EstadoEnvio.ENTREGADO else None
            viva = vivas.get(envio.id)
            deudas.seguir_entrega(self.sesion, autorizacion, envio, self.cobros[envio.id], entrega, viva)
        saldar = [
            envio
            for envio in envios
            if envio.id in self.portes and self.portes[envio.id].estado is portes.EstadoPorte.RETENIDO
        ]
        if any(portes.toca_saldar(envio) for envio in saldar):
            self.portes |= portes.saldar(self.sesion, saldar)

    def cambio(self, envio_id: UUID) -> dict[str, str]:
        """The states before and after, for the audit."""
        return {"antes": self._antes[envio_id].estado, "despues": self._despues[envio_id].estado}


def _noticias(
    envio: EnvioConEventos, antes: Antes, ahora: Derivacion, estado: EstadoEnvio, admitido: datetime | None
) -> Iterator[Noticia]:
    """What is news of an item: that somebody received it, and where it is now."""
    decisivo, en_camino = ahora.evento, not ahora.estado.es_terminal
    datos = datos_de(envio)
    if decisivo is not None:
        datos |= {"evento_id": str(decisivo.id), "codigo": decisivo.codigo}
    if admitido is None and envio.admitido_en is not None and not envio.estado.es_terminal:
        yield Noticia(publicados.ENVIO_ADMITIDO, envio.id, datos)
    tipo = _NOTICIAS.get(ahora.estado)
    if decisivo is not None and en_camino:
        tipo = _DE_UN_CODIGO.get(decisivo.codigo, tipo)
    if tipo is not None and (ahora.estado is not estado or (en_camino and _decide_otro(antes, decisivo))):
        yield Noticia(tipo, envio.id, datos)


def _decide_otro(antes: Antes, decisivo: EventoDeEnvio | None) -> bool:
    return decisivo is not None and (antes.evento is None or antes.evento.id != decisivo.id)


def _es_correccion(antes: Antes, ahora: Derivacion, corregidos: Collection[UUID]) -> bool:
    """Whether it changed because what decided it was declared wrong: that is no news, it is an incident."""
    if not corregidos or antes.evento is None:
        return False
    return antes.evento is not ahora.evento and antes.evento.id in corregidos


def _fila(envio: EnvioConEventos, derivado: Derivacion, corregidos: int) -> Fila:
    """What the row says from now on; the item, as read, says it too."""
    assert derivado.evento is not None or derivado.estado is EstadoEnvio.ANUNCIADO
    if derivado.estado is not envio.estado and corregidos <= envio.correcciones:
        VIDA_ENVIO.exigir_paso(envio, derivado.estado)
    espera = derivado.espera
    fila = {
        "id": envio.id,
        "estado": derivado.estado,
        "estado_en": derivado.evento.ocurrido_en if derivado.evento is not None else envio.creado_en,
        "correcciones": corregidos,
        "admitido_en": derivado.admitido_en,
        "entregado_en": derivado.entregado_en,
        "ultimo_evento_en": derivado.ultimo_evento_en,
        "noticias_en": derivado.noticias_en,
        "revisar_en": derivado.revisar_en,
        "custodio_unidad_id": derivado.custodio,
        "intentos": derivado.intentos,
        "espera_desde": espera.desde if espera else None,
        "espera_hasta": espera.hasta(prorrogada=envio.prorrogado_en is not None) if espera else None,
        "version": envio.version + 1,
    }
    vars(envio).update(fila)  # no change of the session's: `actualizar_filas` writes it
    return fila
