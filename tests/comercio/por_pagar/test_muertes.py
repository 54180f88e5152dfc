"""What acts of the shop leave to be done (notices, stock, money that goes back to a wallet or a card, terms)
is done once, although whoever does it dies at each of its commits: just before it, and just after."""

from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import orm, text

from comercio.compra.modelos import Pedido
from comercio.pedidos import cumplir as pedidos
from comercio.pedidos import manejadores, tareas
from comercio.pedidos.lineas import paquetes_de
from comercio.por_pagar import manejadores as de_por_pagar
from comercio.por_pagar.tareas import revisar_por_pagar
from comercio.reclamos import manejadores as de_reclamos
from comercio.reclamos import reclamar
from comercio.reclamos.estados import MotivoReclamo
from comercio.reclamos.verificar import verificar_reclamos
from nucleo.bd import motor, transaccion
from nucleo.dinero import a_centavos, de_centavos
from nucleo.eventos import entregar_pendientes
from pagos.tarjetas.conciliar import avanzar
from pagos.tarjetas.reembolsar import conciliar_reembolsos
from tests.comercio.por_pagar.conftest import Caja

assert manejadores  # they listen
assert de_por_pagar
assert de_reclamos
Hacer = Callable[[], object]
UN_RATO = timedelta(minutes=2)  # more than a lease: what somebody took and died with is taken again
ANCHO = 60  # deaths at one point: more than what a step does; then the next point
HECHO = """
    SELECT 'evento', tipo, '' FROM nucleo_evento
    UNION ALL SELECT 'entrega', consumidor, CASE WHEN hecha_en IS NULL THEN 'por hacer' ELSE '' END
        FROM nucleo_entrega
    UNION ALL SELECT 'acto', accion, '' FROM nucleo_auditoria WHERE accion <> 'reembolso_a_tarjeta.ambiguo'
    UNION ALL SELECT 'aviso', clase, coalesce(persona_id, unidad_id)::text FROM ciudadania_notificacion
    UNION ALL SELECT 'libro', codigo::text, monto::text FROM pagos_transferencia
    UNION ALL SELECT 'existencia', motivo, cantidad::text FROM comercio_movimiento_de_existencia
    UNION ALL SELECT 'dinero', estado, devuelto::text FROM comercio_custodia
    UNION ALL SELECT 'pedido', estado, '' FROM comercio_pedido
    UNION ALL SELECT 'paso', estado, '' FROM comercio_pedido_paso
"""


class Muerte(BaseException):
    """`kill -9`, as far as a transaction can tell."""


class Guadania:
    """Kills who commits something."""

    def __init__(self, parche: pytest.MonkeyPatch, reloj: Any) -> None:
        self.reloj = reloj
        self.muertes, self.viva, self.antes, self.faltan = 0, False, False, 0
        confirmar = orm.Session.commit

        def commit(sesion: orm.Session) -> None:
            toca = self.viva and _escribe(sesion) and self._toca()
            if toca and self.antes:
                raise Muerte
            confirmar(sesion)
            if toca:
                raise Muerte

        parche.setattr(orm.Session, "commit", commit)

    def _toca(self) -> bool:
        self.faltan -= 1
        return self.faltan < 0

    def muere(self, hacer: Hacer, pausa: timedelta = timedelta(0)) -> None:
        """Until it is done: dying before the first thing that it would write, after it, and so on; who comes
        next does `pausa` later."""
        self.viva = True
        for n in range(4 * ANCHO):
            self.antes, self.faltan = n % 2 == 0, n // ANCHO
            try:
                hacer()
            except Muerte:
                self.muertes += 1
                self.reloj.adelantar(pausa)
            else:
                self.viva = False
                return
        raise AssertionError("it never ends")


def _escribe(sesion: orm.Session) -> bool:
    consulta = text("SELECT pg_current_xact_id_if_assigned() IS NOT NULL")
    return sesion.get_bind() is motor() and bool(sesion.connection().execute(consulta).scalar_one())


def _entregado_y_reclamado(
    caja: Caja, pedido_id: UUID, hacer: Callable[[Hacer], object], parte: bool
) -> None:
    """It leaves, arrives, and half or all of it is claimed and given back."""
    m = caja.mercado
    for codigo in ("EMA", "EMI"):
        with transaccion() as sesion:
            if codigo == "EMA":
                pedidos.despachar(sesion, m.actor_vendedor, pedido_id, m.operador.id)
            envio_id = paquetes_de(sesion, pedido_id)[-1].envio_id
            assert envio_id is not None
            m.evento(sesion, envio_id, codigo)
        hacer(entregar_pendientes)
    with transaccion() as sesion:
        motivo = MotivoReclamo.DANADO
        total = sesion.get_one(Pedido, pedido_id).total
        monto = de_centavos(a_centavos(total) // 2) if parte else None
        reclamo = reclamar.abrir(sesion, m.actor, pedido_id, motivo, "Llegó roto", monto)
        reclamar.responder(sesion, m.actor_vendedor, reclamo.id, "Tiene razón", None, True)
    hacer(entregar_pendientes)


def _vive(hacer: Hacer, pausa: timedelta = timedelta(0)) -> None:
    hacer()


def _contar(caja: Caja, hacer: Callable[..., object]) -> None:
    m = caja.mercado
    producto = m.publicar(precio="50.00")
    pedido = m.pedido((producto, 2))
    compra_id = caja.comprar((producto, 1))
    caja.pagar(compra_id)
    for paso in (lambda: avanzar(compra_id), entregar_pendientes, revisar_por_pagar):
        hacer(paso)
    _entregado_y_reclamado(caja, pedido.id, hacer, parte=True)
    _entregado_y_reclamado(caja, caja.pedidos(compra_id)[0].id, hacer, parte=False)
    for pasa in (timedelta(days=8), timedelta(hours=2)):
        m.reloj.adelantar(pasa)
        for paso in (
            *(tareas.liberar_vencidas, entregar_pendientes, revisar_por_pagar),
            *(conciliar_reembolsos, entregar_pendientes),
        ):
            hacer(paso, UN_RATO)


def test_lo_que_dejan_los_actos_se_hace_una_vez_muera_quien_muera(
    caja: Caja, sin_cupo: None, leer: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    entregar_pendientes()  # what the scene left to be done
    antes = Counter(leer(HECHO))
    _contar(caja, _vive)
    en_vida = Counter(leer(HECHO)) - antes
    antes = Counter(leer(HECHO))
    guadania = Guadania(monkeypatch, caja.mercado.reloj)
    _contar(caja, guadania.muere)
    assert Counter(leer(HECHO)) - antes == en_vida
    assert guadania.muertes > 40
    assert not [quien for que, quien, como in en_vida if que == "entrega" and como == "por hacer"]
    caja.cuadra()
    with transaccion() as sesion:
        assert verificar_reclamos(sesion) == []
