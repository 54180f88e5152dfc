"""One upload: every event gets its own result; a refused one leaves no trace and harms no other."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from uuid import UUID

from sqlmodel import Session

from envios.eventos.aplicar import Historias
from envios.eventos.comprobar import comprobar_codigo, exige_codigo, exigir_traspaso
from envios.eventos.consultas import correcciones_por_cliente, eventos_por_cliente, insertar_eventos
from envios.eventos.errores import IdentidadEnUso
from envios.eventos.nuevo import EventoNuevo, Resultado, ResultadoEvento
from envios.eventos.preparar import Conocidos, Remision, para_ordenar, preparar
from envios.eventos.sucesos import Suceso
from envios.items import EnvioBloqueado, EnvioNoEncontrado
from nucleo.actor import Autorizacion
from nucleo.auditoria import auditar_varios
from nucleo.errores import ErrorDominio
from nucleo.textos import gettext as _


@dataclass(slots=True)
class Lote:
    """The state of one upload: locked shipments and their events, read once."""

    sesion: Session
    autorizacion: Autorizacion
    remision: Remision
    historias: Historias[EnvioBloqueado]
    verificar_codigo: bool
    conocidos: Conocidos
    aceptados: list[Suceso] = field(default_factory=list)
    por_cliente: dict[str, Suceso] = field(default_factory=dict)

    def registrar(self, ids: Sequence[UUID | None], nuevos: Sequence[EventoNuevo]) -> list[ResultadoEvento]:
        """Results in the order of `nuevos`; judged by time of occurrence, so that a batch may hold a whole
        story in any order. Each item is derived once, with all that came."""
        identificadores = {n.evento_cliente_id for n in nuevos if n.evento_cliente_id}
        operador = self.remision.operador_unidad_id
        self.por_cliente = eventos_por_cliente(self.sesion, operador, identificadores)
        orden = sorted(range(len(nuevos)), key=lambda i: para_ordenar(nuevos[i], self.remision.instante))
        resultados = {i: self._juzgar(ids[i], nuevos[i]) for i in orden}
        perdidos = self._guardar(identificadores)
        en_orden = [resultados[i] for i in range(len(nuevos))]
        return [_a_tiempo(resultado, perdidos) for resultado in en_orden] if perdidos else en_orden

    def _juzgar(self, envio_id: UUID | None, nuevo: EventoNuevo) -> ResultadoEvento:
        envio = self.historias.envios.get(envio_id) if envio_id else None
        try:
            if envio is None:
                raise EnvioNoEncontrado(_("No hay un envío con ese número."))
            evento = preparar(envio, nuevo, self.remision, self.conocidos)
            previo = self._previo(evento, instante_dado=nuevo.ocurrido_en is not None)
            if previo is not None:
                return ResultadoEvento(Resultado.REPETIDO, envio, previo)
            antes = self.historias.antes(envio)
            if exige_codigo(evento) and self.verificar_codigo:
                exigir_traspaso(self.historias, antes, evento)
                error = comprobar_codigo(self.sesion, self.autorizacion, envio, nuevo.codigo_entrega)
                if error is not None:
                    return ResultadoEvento(Resultado.RECHAZADO, envio, error=error)
        except ErrorDominio as error:
            return ResultadoEvento(Resultado.RECHAZADO, envio, error=error)
        self.aceptados.append(evento)
        self.historias.eventos[envio.id].append(evento)
        if evento.evento_cliente_id:
            self.por_cliente[evento.evento_cliente_id] = evento
        return ResultadoEvento(Resultado.REGISTRADO, envio, evento)

    def _previo(self, evento: Suceso, *, instante_dado: bool) -> Suceso | None:
        """The same event already recorded. Raises `IdentidadEnUso` when the id belongs to another one.

        A form gives no instant: its id alone tells a second press.
        """
        if not evento.evento_cliente_id:
            iguales = (
                e for e in self.historias.eventos[evento.envio_id] if _identidad(e) == _identidad(evento)
            )
            return next(iguales, None)
        previo = self.por_cliente.get(evento.evento_cliente_id)
        if previo is None:
            return None
        if not instante_dado:
            evento = replace(evento, ocurrido_en=previo.ocurrido_en)
        if _identidad(previo) != _identidad(evento):
            raise IdentidadEnUso(_("Use un identificador distinto para cada evento."))
        return previo

    def _guardar(self, identificadores: Collection[str]) -> set[UUID]:
        """The rows and all that follows, each kind in one statement. Returns the events whose client id a
        simultaneous upload took for another item; what was declared wrong before it arrived counts nothing.
        """
        negados = correcciones_por_cliente(self.sesion, self.remision.operador_unidad_id, identificadores)
        self.historias.corregidos |= {e.id for e in self.aceptados if e.evento_cliente_id in negados}
        tocados = {e.envio_id: self.historias.envios[e.envio_id] for e in self.aceptados}
        guardados = insertar_eventos(
            self.sesion, self.aceptados, lambda: self.historias.prever(tocados.values())
        )
        por_envio: dict[UUID, list[Suceso]] = defaultdict(list)
        perdidos: set[UUID] = set()
        for evento in self.aceptados:
            if evento.id in guardados:
                por_envio[evento.envio_id].append(evento)
            else:
                perdidos.add(evento.id)
                self.historias.olvidar(evento)
        self.historias.aplicar([tocados[i] for i in por_envio], self.autorizacion)
        cambios = {
            envio_id: {"eventos": {str(e.id): e.codigo for e in eventos}, **self.historias.cambio(envio_id)}
            for envio_id, eventos in por_envio.items()
        }
        auditar_varios(self.sesion, self.autorizacion, "envio.evento", "envios_envio", cambios)
        return perdidos


def _a_tiempo(resultado: ResultadoEvento, perdidos: Collection[UUID]) -> ResultadoEvento:
    if resultado.evento is None or resultado.evento.id not in perdidos:
        return resultado
    error = IdentidadEnUso(_("Ese identificador se acaba de usar en otro evento."))
    return ResultadoEvento(Resultado.RECHAZADO, resultado.envio, error=error)


def _identidad(evento: Suceso) -> tuple[object, ...]:
    """Operator, item, instant and code: the place is never part of it."""
    return (
        evento.operador_unidad_id,
        evento.envio_id,
        evento.ocurrido_en,
        evento.codigo,
        evento.evento_cliente_id,
    )
