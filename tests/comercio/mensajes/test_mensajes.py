"""Messages of an order: of its two sides and the authority of its claim alone, without contact data, frozen
by a claim, closed by time, told once until they are read.
"""

import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import IntegrityError, InternalError, ProgrammingError

from comercio.compra import PedidoNoEncontrado
from comercio.compra.modelos import Pedido
from comercio.mensajes import hilo, manejadores
from comercio.mensajes.consultas_de_hilo import archivo_de, como_prueba, escritos
from comercio.mensajes.errores import ConContacto, NoSeEscribe
from comercio.mensajes.verificar import verificar_mensajes
from comercio.pedidos import cumplir
from comercio.reclamos import Lado, reclamar
from comercio.reclamos.estados import MotivoReclamo
from nucleo.actor import Actor
from nucleo.archivos import Recibido
from nucleo.bd import transaccion
from nucleo.errores import LimiteExcedido, NoEncontrado
from nucleo.eventos import entregar_pendientes
from nucleo.paginacion import CursorPedido
from tests.comercio.conftest import Mercado
from tests.comercio.test_web import png

assert manejadores
Leer = Callable[..., list[tuple[Any, ...]]]
LO_ESCRITO = "SELECT numero, lado, actor, texto FROM comercio_mensaje ORDER BY numero"
EL_HILO = (
    "SELECT numero, ultimo_comprador, ultimo_vendedor, leido_comprador, leido_vendedor FROM comercio_hilo"
)
AVISOS = "SELECT count(*) FROM ciudadania_notificacion WHERE asunto LIKE 'Le escribieron por el pedido%'"
TODOS = CursorPedido(None, 50)


@pytest.fixture
def pedido(mercado: Mercado) -> Pedido:
    mercado.reloj.situar((mercado.reloj.ahora() + timedelta(days=1)).replace(hour=16, minute=0))
    return mercado.pedido((mercado.publicar(precio="100.00"), 1))


def _escribir(quien: Actor, pedido: Pedido, dice: str, archivo: bytes | None = None) -> Any:
    with transaccion() as sesion:
        recibido = Recibido.de_bytes(archivo) if archivo else None
        return hilo.escribir(sesion, quien, pedido.id, dice, recibido)


def _cuadra() -> None:
    with transaccion() as sesion:
        assert verificar_mensajes(sesion) == []


def test_los_dos_lados_se_escriben_y_se_leen(
    mercado: Mercado, pedido: Pedido, leer: Leer, sesion_web: Callable[..., Any]
) -> None:
    compra, vende = sesion_web(mercado.comprador), sesion_web(mercado.vendedor)
    suya, de_ella = f"/pedidos/{pedido.id}/mensajes", f"/vender/pedidos/{pedido.id}/mensajes"
    assert suya in compra.get(f"/pedidos/{pedido.id}").text
    assert de_ella in vende.get(f"/vender/pedidos/{pedido.id}").text
    negado = compra.post(suya, data={"texto": "Mejor al siete uno dos tres 4567, con regalo"})
    assert negado.status_code == 422
    assert (
        "que parece un teléfono: lo que se acuerda o se paga por otro lado no tiene custodia" in negado.text
    )
    assert "con regalo</textarea>" in negado.text
    assert leer(LO_ESCRITO) == []
    compra.post(
        suya, data={"texto": "¿Puede bordar «Ana»?"}, files={"archivo": ("a.png", png(), "image/png")}
    )
    assert leer(EL_HILO) == [(1, 1, 0, 0, 0)]
    assert "Leer mensajes de ventas" in vende.get("/panel").text
    assert "Enviado" in compra.get(suya).text
    pagina = vende.get(de_ella).text
    assert "¿Puede bordar «Ana»?" in pagina
    assert "<h2>Quien compró</h2>" in pagina
    assert "Leer mensajes de ventas" not in vende.get("/panel").text
    assert leer(EL_HILO) == [(1, 1, 0, 1, 1)]
    assert "Leído" in compra.get(suya).text
    vende.post(de_ella, data={"texto": "Sí, mañana sale"})
    assert "Leer mensajes de sus pedidos" in compra.get("/panel").text
    assert "Leer lo que le escribió quien vende" in compra.get(f"/pedidos/{pedido.id}").text
    assert f"<h2>{pedido.vendedor_nombre}</h2>" in compra.get(suya).text
    assert leer(LO_ESCRITO) == [
        (1, "comprador", mercado.actor.nombre, "¿Puede bordar «Ana»?"),
        (2, "vendedor", mercado.actor_vendedor.nombre, "Sí, mañana sale"),
    ]
    assert leer(EL_HILO) == [(2, 1, 2, 2, 1)]
    api = compra.get(f"/api/v1{suya}").json()["datos"]
    assert [(m["numero"], m["lado"], m["con_archivo"], m["leido"], m["escribio"]) for m in api] == [
        (2, "vendedor", False, True, None),
        (1, "comprador", True, True, mercado.actor.nombre),
    ]
    la_foto = f"{suya}/{api[1]['id']}/archivo"
    assert (compra.get(la_foto).status_code, vende.get(la_foto).headers["content-type"]) == (
        200,
        "image/jpeg",
    )
    assert compra.get(f"{suya}/{api[0]['id']}/archivo").status_code == 404
    # Each side has its own page.
    assert (compra.get(de_ella).status_code, vende.get(suya).status_code) == (404, 404)
    _cuadra()


def test_se_avisa_una_vez_hasta_que_se_lee(mercado: Mercado, pedido: Pedido, leer: Leer) -> None:
    for dice in ("Buen día", "¿Ya salió?", "Gracias"):
        _escribir(mercado.actor, pedido, dice)
    entregar_pendientes()
    assert leer(AVISOS) == [(1,)]
    with transaccion() as sesion:
        hilo.marcar_leidos(sesion, mercado.actor_vendedor, pedido.id, 2)
    entregar_pendientes()
    assert leer(AVISOS) == [(1,)]
    with transaccion() as sesion:
        hilo.marcar_leidos(sesion, mercado.actor_vendedor, pedido.id)
        hilo.marcar_leidos(sesion, mercado.actor_vendedor, pedido.id, 1)  # what was read stays read
    assert leer(EL_HILO) == [(3, 3, 0, 0, 3)]
    _escribir(mercado.actor, pedido, "¿Sigue ahí?")
    entregar_pendientes()
    assert leer(AVISOS) == [(2,)]


def test_un_reclamo_los_congela_y_la_autoridad_los_lee(
    mercado: Mercado,
    pedido: Pedido,
    leer: Leer,
    crear_persona: Callable[..., Any],
    crear_unidad: Callable[..., Any],
    actor_de: Callable[..., Actor],
) -> None:
    mercado.llevar(pedido, "EMA", "EMI")
    con_foto = _escribir(mercado.actor, pedido, "Llegó así", png())
    with transaccion() as sesion:
        reclamo = reclamar.abrir(sesion, mercado.actor, pedido.id, MotivoReclamo.DANADO, "Llegó roto")
    for quien in (mercado.actor, mercado.actor_vendedor):
        with pytest.raises(NoSeEscribe, match="Siga en el reclamo"):
            _escribir(quien, pedido, "¿Qué pasó?")
    assert leer(LO_ESCRITO) == [(1, "comprador", mercado.actor.nombre, "Llegó así")]
    persona = crear_persona("Rosa")
    rosa = actor_de(persona)
    crear_unidad(
        "Autoridad",
        tipo="ENTIDAD_PUBLICA",
        representante=persona,
        facultades=["REGULAR"],
        habilitaciones=["AUTORIDAD_REGULADORA"],
    )

    def lee_la_autoridad() -> bool:
        with transaccion() as sesion:
            try:
                visto = como_prueba(sesion, rosa, reclamo.id).id == pedido.id
                return visto and archivo_de(sesion, rosa, pedido.id, con_foto.id) == con_foto.archivo_id
            except NoEncontrado:
                return False

    assert not lee_la_autoridad()
    with transaccion() as sesion:
        reclamar.responder(sesion, mercado.actor_vendedor, reclamo.id, "No es cierto", None, False)
        reclamar.pedir_mediacion(sesion, mercado.actor, reclamo.id, "Sí lo es")
    assert lee_la_autoridad()
    with transaccion() as sesion:
        reclamar.retirar(sesion, mercado.actor, reclamo.id)
    assert not lee_la_autoridad()
    _escribir(mercado.actor_vendedor, pedido, "Gracias por aclararlo")
    _cuadra()


def test_se_cierran_treinta_dias_despues_del_fin(mercado: Mercado, pedido: Pedido, leer: Leer) -> None:
    with transaccion() as sesion:
        cumplir.cancelar(sesion, mercado.actor, pedido.id, "Ya no")
    mercado.reloj.adelantar(timedelta(days=29))
    _escribir(mercado.actor, pedido, "¿Volverá a tener?")
    mercado.reloj.adelantar(timedelta(days=2))
    with pytest.raises(NoSeEscribe, match="se escribía hasta"):
        _escribir(mercado.actor_vendedor, pedido, "El lunes")
    with transaccion() as sesion:
        leidos, _mas = escritos(sesion, pedido.id, Lado.VENDEDOR, TODOS)
    assert [(x.mensaje.texto, x.propio, x.leido) for x in leidos] == [("¿Volverá a tener?", False, False)]
    assert leer("SELECT count(*) FROM comercio_mensaje") == [(1,)]


def test_ni_contactos_ni_sin_limite(mercado: Mercado, pedido: Pedido, leer: Leer) -> None:
    for dice in (
        "Escríbame por WhatsApp",
        "deposite a mi cuenta del BNB",
        "ana arroba gmail",
        "vea wa.me/59171234567",
    ):
        for quien in (mercado.actor, mercado.actor_vendedor):
            with pytest.raises(ConContacto):
                _escribir(quien, pedido, dice)
    assert leer(LO_ESCRITO) == []
    for _n in range(hilo.POR_HORA):
        _escribir(mercado.actor, pedido, "Mi NIT es 4567890 y cuesta 2500000")
    with pytest.raises(LimiteExcedido):
        _escribir(mercado.actor, pedido, "Una más")
    _escribir(mercado.actor_vendedor, pedido, "La guía es RR 123 456 785 BO")
    assert leer("SELECT lado, count(*) FROM comercio_mensaje GROUP BY 1 ORDER BY 1") == [
        ("comprador", 30),
        ("vendedor", 1),
    ]


def test_nadie_mas_los_ve(
    mercado: Mercado,
    pedido: Pedido,
    crear_persona: Callable[..., Any],
    actor_de: Callable[..., Actor],
    leer: Leer,
) -> None:
    otra = actor_de(crear_persona("Otra"))
    mensaje = _escribir(mercado.actor, pedido, "Con foto", png())
    for hacer in (
        lambda s: hilo.escribir(s, otra, pedido.id, "Hola"),
        lambda s: hilo.marcar_leidos(s, otra, pedido.id),
        lambda s: archivo_de(s, otra, pedido.id, mensaje.id),
    ):
        with pytest.raises(PedidoNoEncontrado), transaccion() as sesion:
            hacer(sesion)
    assert leer(EL_HILO) == [(1, 1, 0, 0, 0)]


def test_la_base_no_deja_cambiarlos_ni_escribir_en_un_reclamo(
    mercado: Mercado, pedido: Pedido, bd: Engine
) -> None:
    mercado.llevar(pedido, "EMA", "EMI")
    _escribir(mercado.actor, pedido, "Llegó")
    otro = (
        "INSERT INTO comercio_mensaje (id, pedido_id, numero, lado, actor, texto)"
        " SELECT gen_random_uuid(), pedido_id, :n, 'vendedor', 'x', 'x' FROM comercio_mensaje LIMIT 1"
    )
    with pytest.raises(IntegrityError, match="van en orden"), bd.begin() as conexion:
        conexion.execute(text(otro), {"n": 3})
    por_otro = otro.replace("'vendedor'", "'comprador'")
    with pytest.raises(IntegrityError, match="escribe quien compró"), bd.begin() as conexion:
        conexion.execute(text(por_otro), {"n": 2})
    for cambio in ("UPDATE comercio_mensaje SET texto = 'x'", "DELETE FROM comercio_mensaje"):
        with pytest.raises(ProgrammingError, match="permission denied"), bd.begin() as conexion:
            conexion.execute(text(cambio))
    with bd.begin() as conexion:
        conexion.execute(text("UPDATE comercio_hilo SET leido_vendedor = 1"))
    with pytest.raises((IntegrityError, InternalError, ProgrammingError)), bd.begin() as conexion:
        conexion.execute(text("UPDATE comercio_hilo SET leido_vendedor = 0"))
    with transaccion() as sesion:
        reclamar.abrir(sesion, mercado.actor, pedido.id, MotivoReclamo.DANADO, "Llegó roto")
    with pytest.raises(IntegrityError, match="con un reclamo abierto no se escribe"), bd.begin() as conexion:
        conexion.execute(text(otro), {"n": 2})


def test_a_la_vez_ninguno_se_pierde(mercado: Mercado, pedido: Pedido, leer: Leer) -> None:
    """Both sides write at once, and a claim is opened meanwhile: numbers follow, nothing lies beside it."""
    mercado.llevar(pedido, "EMA", "EMI")
    barrera, fallas = threading.Barrier(7), []

    def hacer(n: int) -> None:
        barrera.wait()
        try:
            if n == 6:
                with transaccion() as sesion:
                    reclamar.abrir(sesion, mercado.actor, pedido.id, MotivoReclamo.DANADO, "Llegó roto")
            else:
                _escribir((mercado.actor, mercado.actor_vendedor)[n % 2], pedido, "Dígame")
        except NoSeEscribe:
            pass
        except Exception as error:
            fallas.append(repr(error))

    hilos = [threading.Thread(target=hacer, args=(n,)) for n in range(7)]
    for uno in hilos:
        uno.start()
    for uno in hilos:
        uno.join()
    assert fallas == []
    escritos_todos = leer("SELECT numero FROM comercio_mensaje ORDER BY numero")
    assert escritos_todos == [(n + 1,) for n in range(len(escritos_todos))]
    assert leer("SELECT count(*) FROM comercio_reclamo") == [(1,)]
    _cuadra()
