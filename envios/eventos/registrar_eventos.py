"""Record what happened to items: one event or a batch, in any order, as many times as it is sent.

Every item of a batch gets its own result; a refused item leaves no trace and harms no other. The shipment's
row is locked, its state derived again from all its events, and news published only when it is news.
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from empresa_digital.registro import (
    CON_LO_SUYO,
    Facultad,
    Habilitacion,
    con_habilitacion,
    exigir_facultad,
    exigir_habilitacion,
    municipio,
)
from envios.eventos.aplicar import Historias
from envios.eventos.bloqueos import bloquear_correcciones
from envios.eventos.consultas import correcciones_por_cliente, eventos_por_cliente
from envios.eventos.derivar import QuienRecibe
from envios.eventos.emsevt import Codigo, CodigoPropio, estado_de_codigo
from envios.eventos.errores import (
    CodigoBloqueado,
    CodigoIncorrecto,
    EventoInvalido,
    EventoSinExplicar,
    IdentidadEnUso,
    TraspasoSinDar,
)
from envios.eventos.modelos import EventoEnvio
from envios.eventos.motivos import AccionIntento, Motivo
from envios.items import (
    FALLOS_MAXIMOS,
    EnvioNoEncontrado,
    bloquear_envios,
    coincide,
    envio_del_operador,
    ids_por_numero,
    leer_codigo,
)
from envios.items.modelos import Envio
from nucleo.actor import Actor, Autorizacion
from nucleo.auditoria import auditar
from nucleo.errores import ErrorDominio
from nucleo.reloj import ZONA, ahora_bd
from nucleo.textos import gettext as _

LOTE_MAXIMO = 200
ADELANTO_TOLERADO = timedelta(minutes=5)
DESFASE_MAXIMO = timedelta(hours=14)
ANTES_DEL_ANUNCIO = timedelta(minutes=10)
_CODIGO = re.compile(r"[A-Z0-9]{2,10}", re.ASCII)


class Fuente(StrEnum):
    """How an event reached us."""

    PAGINA = "pagina"
    ESCANER = "escaner"
    API = "api"
    LOTE = "lote"
    SISTEMA = "sistema"
    SIMULADOR = "simulador"


class Resultado(StrEnum):
    REGISTRADO = "registrado"
    REPETIDO = "repetido"
    RECHAZADO = "rechazado"


@dataclass(frozen=True, slots=True)
class EventoNuevo:
    """An event as reported. `ocurrido_en` carries its offset; without it, now. The item by id or number."""

    codigo: str
    envio_id: UUID | None = None
    numero: str | None = None
    ocurrido_en: datetime | None = None
    evento_cliente_id: str = ""
    motivo: Motivo | None = None
    accion: AccionIntento | None = None
    municipio_ine: str | None = None
    lugar: str = ""
    entregado_a: QuienRecibe | None = None
    contraparte_unidad_id: UUID | None = None
    codigo_entrega: str = ""
    receptor_nombre: str = ""


@dataclass(frozen=True, slots=True)
class ResultadoEvento:
    """What became of one reported event. With `error`, the caller answers it; raising it would roll back the
    count of wrong codes."""

    resultado: Resultado
    envio: Envio | None = None
    evento: EventoEnvio | None = None
    error: ErrorDominio | None = None


def registrar_eventos(
    sesion: Session, actor: Actor, operador_unidad_id: UUID, nuevos: Sequence[EventoNuevo], fuente: Fuente
) -> list[ResultadoEvento]:
    """Record a batch for one operator; results in the order of `nuevos`.

    Raises `SinFacultad` / `SinHabilitacion` before touching anything; what is wrong with one item is in its
    own result.
    """
    assert len(nuevos) <= LOTE_MAXIMO
    autorizacion = exigir_facultad(sesion, actor, operador_unidad_id, Facultad.DESPACHAR, estados=CON_LO_SUYO)
    exigir_habilitacion(sesion, operador_unidad_id, Habilitacion.OPERADOR_POSTAL, estados=CON_LO_SUYO)
    return registrar_autorizado(sesion, autorizacion, operador_unidad_id, nuevos, fuente)


def registrar_autorizado(
    sesion: Session,
    autorizacion: Autorizacion,
    operador_unidad_id: UUID,
    nuevos: Sequence[EventoNuevo],
    fuente: Fuente,
    *,
    verificar_codigo: bool = True,
) -> list[ResultadoEvento]:
    """`registrar_eventos` for a caller that has already been found entitled (the simulator, a sweep)."""
    bloquear_correcciones(sesion, operador_unidad_id, solo_lee=True)
    por_numero = ids_por_numero(sesion, {n.numero for n in nuevos if n.envio_id is None and n.numero})
    ids = [n.envio_id or por_numero.get(n.numero or "") for n in nuevos]
    instante = ahora_bd(sesion)
    envios = bloquear_envios(sesion, [i for i in ids if i is not None])
    lote = _Lote(
        sesion=sesion,
        autorizacion=autorizacion,
        operador_unidad_id=operador_unidad_id,
        fuente=fuente,
        instante=instante,
        verificar_codigo=verificar_codigo,
        historias=Historias(sesion, envios, instante),
    )
    lote.cargar(nuevos)
    # By time of occurrence, so that a batch may hold a whole story in any order.
    orden = sorted(range(len(nuevos)), key=lambda i: _para_ordenar(nuevos[i], lote.instante))
    resultados: dict[int, ResultadoEvento] = {i: lote.registrar(ids[i], nuevos[i]) for i in orden}
    sesion.flush()
    return [resultados[i] for i in range(len(nuevos))]


def _para_ordenar(nuevo: EventoNuevo, instante: datetime) -> datetime:
    """When it happened; now, for an event without an instant or with one that will be refused."""
    ocurrido = nuevo.ocurrido_en
    return ocurrido if ocurrido is not None and ocurrido.utcoffset() is not None else instante


@dataclass(slots=True)
class _Lote:
    """The state of one upload: locked shipments and their events, read once."""

    sesion: Session
    autorizacion: Autorizacion
    operador_unidad_id: UUID
    fuente: Fuente
    instante: datetime
    verificar_codigo: bool
    historias: Historias
    contrapartes: Collection[UUID] = ()
    negados: set[str] = field(default_factory=set)
    por_cliente: dict[str, EventoEnvio] = field(default_factory=dict)
    municipios: set[str] = field(default_factory=set)

    def cargar(self, nuevos: Sequence[EventoNuevo]) -> None:
        mencionados = {n.municipio_ine for n in nuevos if n.municipio_ine}
        self.municipios = {ine for ine in mencionados if municipio(self.sesion, ine) is not None}
        otros = {n.contraparte_unidad_id for n in nuevos if n.contraparte_unidad_id}
        self.contrapartes = con_habilitacion(self.sesion, list(otros), Habilitacion.OPERADOR_POSTAL)
        identificadores = {n.evento_cliente_id for n in nuevos if n.evento_cliente_id}
        self.por_cliente = eventos_por_cliente(self.sesion, self.operador_unidad_id, identificadores)
        self.negados = correcciones_por_cliente(self.sesion, self.operador_unidad_id, identificadores)

    def registrar(self, envio_id: UUID | None, nuevo: EventoNuevo) -> ResultadoEvento:
        envio = self.historias.envios.get(envio_id) if envio_id else None
        try:
            if envio is None:
                raise EnvioNoEncontrado(_("No hay un envío con ese número."))
            if nuevo.municipio_ine and nuevo.municipio_ine not in self.municipios:
                raise EventoInvalido(_("No existe el municipio del evento."))
            if nuevo.contraparte_unidad_id not in {None, *self.contrapartes}:
                raise EventoInvalido(_("El otro operador no es un operador postal habilitado."))
            evento = _preparar(envio, nuevo, self)
            previo = self._previo(evento, instante_dado=nuevo.ocurrido_en is not None)
            if previo is not None:
                return ResultadoEvento(Resultado.REPETIDO, envio, previo)
            if _exige_codigo(evento) and self.verificar_codigo:
                self._exigir_traspaso(envio)
                error = self._comprobar_codigo(envio, nuevo.codigo_entrega)
                if error is not None:
                    return ResultadoEvento(Resultado.RECHAZADO, envio, error=error)
            self._guardar(envio, evento)
        except ErrorDominio as error:
            return ResultadoEvento(Resultado.RECHAZADO, envio, error=error)
        return ResultadoEvento(Resultado.REGISTRADO, envio, evento)

    def _previo(self, evento: EventoEnvio, *, instante_dado: bool) -> EventoEnvio | None:
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
            evento.ocurrido_en = previo.ocurrido_en
        if _identidad(previo) != _identidad(evento):
            raise IdentidadEnUso(_("Use un identificador distinto para cada evento."))
        return previo

    def _exigir_traspaso(self, envio: Envio) -> None:
        """Whoever delivers holds the item: theirs by the chain, or by the word of one of it who gave it."""
        cadena = self.historias.antes(envio).cadena
        dado = any(
            e.codigo == CodigoPropio.TRASPASO_DADO
            and e.contraparte_unidad_id == self.operador_unidad_id
            and e.operador_unidad_id in cadena
            and e.id not in self.historias.corregidos
            for e in self.historias.eventos[envio.id]
        )
        if self.operador_unidad_id not in cadena and not dado:
            raise TraspasoSinDar(
                _("Pida al operador que lo lleva que anote la entrega a usted; después anótela de nuevo.")
            )

    def _comprobar_codigo(self, envio: Envio, dicho: str) -> ErrorDominio | None:
        """None when the recipient's code is right; a wrong one is counted, and the fifth locks it."""
        if envio.codigo_fallos >= FALLOS_MAXIMOS:
            return CodigoBloqueado()
        codigo = leer_codigo(dicho)
        if codigo is None:  # nobody's guess: it uses up no try
            detalle = _("Escriba el código de 6 dígitos que tiene quien recibe.")
            return CodigoIncorrecto(detalle, campos={"codigo_entrega": detalle})
        if coincide(envio.id, envio.codigo_version, codigo):
            return None
        envio.codigo_fallos += 1
        auditar(
            self.sesion,
            self.autorizacion,
            "envio.codigo_incorrecto",
            "envios_envio",
            envio.id,
            {"fallos": envio.codigo_fallos},
        )
        self.sesion.flush()
        quedan = FALLOS_MAXIMOS - envio.codigo_fallos
        if quedan == 0:
            return CodigoBloqueado()
        detalle = _("Ese no es el código de este envío. Quedan %(n)d intentos.") % {"n": quedan}
        return CodigoIncorrecto(detalle, campos={"codigo_entrega": detalle}, intentos_restantes=quedan)

    def _guardar(self, envio: Envio, evento: EventoEnvio) -> None:
        """The row and all that follows; what was declared wrong before it arrived counts nothing."""
        antes = self.historias.antes(envio).estado
        try:
            with self.sesion.begin_nested():
                self.sesion.add(evento)
        except IntegrityError as error:  # the same client id, for another item, in a simultaneous upload
            raise IdentidadEnUso(_("Ese identificador se acaba de usar en otro evento.")) from error
        self.historias.eventos[envio.id].append(evento)
        if evento.evento_cliente_id:
            self.por_cliente[evento.evento_cliente_id] = evento
        if evento.evento_cliente_id in self.negados:
            self.historias.corregidos.add(evento.id)
        ahora = self.historias.aplicar(envio, self.autorizacion).estado
        auditar(
            self.sesion,
            self.autorizacion,
            "envio.evento",
            "envios_envio",
            envio.id,
            {"codigo": evento.codigo, "antes": antes, "despues": ahora, "evento_id": str(evento.id)},
        )


def _identidad(evento: EventoEnvio) -> tuple[object, ...]:
    """Operator, item, instant and code: the place is never part of it."""
    return (
        evento.operador_unidad_id,
        evento.envio_id,
        evento.ocurrido_en,
        evento.codigo,
        evento.evento_cliente_id,
    )


def _exige_codigo(evento: EventoEnvio) -> bool:
    return evento.codigo == Codigo.EMI and not evento.es_devolucion


def _preparar(envio: Envio, nuevo: EventoNuevo, lote: _Lote) -> EventoEnvio:
    """The row of a well-formed event, not yet added. Raises `EventoInvalido`."""
    if not _CODIGO.fullmatch(nuevo.codigo):
        raise EventoInvalido(_("El código de evento lleva de 2 a 10 letras mayúsculas o dígitos."))
    ocurrido_en = nuevo.ocurrido_en or lote.instante.astimezone(ZONA)
    desfase = ocurrido_en.utcoffset()
    if desfase is None:
        raise EventoInvalido(_("La hora del evento debe llevar su zona, como -04:00."))
    if abs(desfase) > DESFASE_MAXIMO:
        raise EventoInvalido(_("La zona de la hora del evento no existe."))
    if ocurrido_en > lote.instante + ADELANTO_TOLERADO:
        raise EventoInvalido(_("La hora del evento está en el futuro: revise el reloj del aparato."))
    if ocurrido_en < envio.creado_en - ANTES_DEL_ANUNCIO:
        raise EventoInvalido(_("La hora del evento es anterior al anuncio del envío: revise fecha y reloj."))
    if nuevo.codigo == Codigo.EMH and (nuevo.motivo is None or nuevo.accion is None):
        raise EventoSinExplicar(_("Indique por qué no se entregó y qué se hará después."))
    es_traspaso = nuevo.codigo in (CodigoPropio.TRASPASO_DADO, CodigoPropio.TRASPASO_TOMADO)
    if es_traspaso != (nuevo.contraparte_unidad_id is not None):
        raise EventoInvalido(_("Un traspaso, y solo un traspaso, dice con qué operador se hizo."))
    if nuevo.contraparte_unidad_id == lote.operador_unidad_id:
        raise EventoInvalido(_("Un traspaso se hace con otro operador."))
    es_entrega = nuevo.codigo == Codigo.EMI
    return EventoEnvio(
        envio_id=envio.id,
        operador_unidad_id=lote.operador_unidad_id,
        codigo=nuevo.codigo,
        estado=estado_de_codigo(nuevo.codigo),
        ocurrido_en=ocurrido_en,
        desfase_min=int(desfase.total_seconds() // 60),
        evento_cliente_id=nuevo.evento_cliente_id,
        fuente=lote.fuente,
        recibido_en=lote.instante,
        cuenta_desde=max(ocurrido_en, lote.instante),
        registrado_por=lote.autorizacion.actor.clave,
        motivo=nuevo.motivo,
        accion=nuevo.accion,
        contraparte_unidad_id=nuevo.contraparte_unidad_id,
        entregado_a=(nuevo.entregado_a or QuienRecibe.DESTINATARIO) if es_entrega else None,
        receptor_nombre=nuevo.receptor_nombre.strip()[:120] or None if es_entrega else None,
        municipio_ine=nuevo.municipio_ine or None,
        lugar=nuevo.lugar.strip()[:120],
    )


def registrar_evento(
    sesion: Session, actor: Actor, envio_id: UUID, nuevo: EventoNuevo, fuente: Fuente
) -> ResultadoEvento:
    """Record one event of one shipment, by whoever dispatches for its operator.

    Raises `EnvioNoEncontrado`, `SinFacultad`, `SinHabilitacion`; any other refusal is in the result.
    """
    envio = envio_del_operador(sesion, actor, envio_id)
    return registrar_eventos(sesion, actor, envio.custodio_unidad_id, [nuevo], fuente)[0]


def exigir_registrado(resultado: ResultadoEvento) -> None:
    """Raise what an event was refused for, so that the door undoes it."""
    if resultado.error is not None:
        raise resultado.error
