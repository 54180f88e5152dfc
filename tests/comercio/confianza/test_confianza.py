"""Reports, what the authority takes off sale, its appeal, and what silence means."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from ciudadania import obtener_persona
from comercio.catalogo.errores import ProductoNoEncontrado
from comercio.catalogo.esquemas import ProductoCambios
from comercio.catalogo.estados import EstadoProducto
from comercio.catalogo.modelos import Producto
from comercio.catalogo.publicar import editar_producto
from comercio.catalogo.verificar import existencias
from comercio.confianza import denunciar, intervenir, manejadores
from comercio.confianza.consultas import casos, cuantos_casos, intervencion_visible
from comercio.confianza.errores import (
    DemasiadasDenuncias,
    DenunciaRepetida,
    IntervencionNoAdmite,
    IntervencionNoEncontrada,
    SinDenuncias,
)
from comercio.confianza.esquemas import Apelacion, DecisionDeDenuncia, DenunciaNueva, ResolucionDeApelacion
from comercio.confianza.estados import MotivoDenuncia
from comercio.confianza.tareas import vencer_denuncias, vencer_intervenciones
from comercio.confianza.verificar import verificar_confianza
from comercio.existencias.errores import ProductoNoDisponible
from empresa_digital.registro import SinFacultad
from empresa_digital.registro.competencias.errores import CasoPropio
from nucleo.actor import Actor
from nucleo.bd import transaccion
from nucleo.eventos import entregar_pendientes
from nucleo.vidas import TransicionInvalida
from tests.comercio.conftest import Mercado

assert manejadores
Leer = Callable[..., list[tuple[Any, ...]]]
ESTADOS = (
    "SELECT p.estado, i.estado FROM comercio_producto p JOIN comercio_intervencion i ON i.producto_id = p.id"
    " ORDER BY i.abierta_en"
)
RETIRAR = DecisionDeDenuncia(retirar=True, motivos="No se puede vender")
FALSO = DenunciaNueva(motivo=MotivoDenuncia.FALSO, relato="No es alpaca")


@pytest.fixture
def autoridad(
    crear_persona: Callable[..., Any], crear_unidad: Callable[..., Any], actor_de: Callable[..., Actor]
) -> tuple[Actor, Actor]:
    """Two persons of the authority."""
    rosa, julia = crear_persona("Rosa"), crear_persona("Julia")
    for persona, nombre in ((rosa, "Autoridad"), (julia, "Otra oficina")):
        crear_unidad(
            nombre,
            tipo="ENTIDAD_PUBLICA",
            representante=persona,
            facultades=["REGULAR"],
            habilitaciones=["AUTORIDAD_REGULADORA"],
        )
    return actor_de(rosa), actor_de(julia)


def _hacer(acto: Callable[..., Any], *datos: Any) -> Any:
    with transaccion() as sesion:
        return acto(sesion, *datos)


def _retirado(mercado: Mercado, autoridad: tuple[Actor, Actor], **campos: Any) -> Producto:
    producto = mercado.publicar(**campos)
    _hacer(denunciar.denunciar, mercado.actor, producto.id, FALSO)
    _hacer(denunciar.decidir, autoridad[0], producto.id, RETIRAR)
    entregar_pendientes()
    return producto


def _todo_cuadra() -> None:
    with transaccion() as sesion:
        assert verificar_confianza(sesion) == []


def test_lo_denunciado_se_retira_y_su_apelacion_la_resuelve_otra_persona(
    mercado: Mercado, autoridad: tuple[Actor, Actor], leer: Leer, sesion: Session
) -> None:
    rosa, julia = autoridad
    pagado = mercado.pedido((mercado.publicar("Otra"), 1))
    producto = _retirado(mercado, autoridad)
    assert leer(ESTADOS) == [("intervenido", "vigente")]
    avisos = leer("SELECT asunto FROM ciudadania_notificacion ORDER BY asunto")
    assert {
        ("La autoridad y su producto «Chompa de alpaca»",),
        ("Su denuncia de «Chompa de alpaca»",),
    } <= set(avisos)
    # Nobody buys it, and its seller does not bring it back.
    with pytest.raises(ProductoNoDisponible):
        mercado.comprar((producto, 1))
    for nuevo in (EstadoProducto.PUBLICADO, EstadoProducto.RETIRADO):
        version = leer("SELECT version FROM comercio_producto WHERE id = :id", id=producto.id)[0][0]
        with pytest.raises(TransicionInvalida, match="decide la autoridad"):
            _hacer(
                editar_producto, mercado.actor_vendedor, producto.id, version, ProductoCambios(estado=nuevo)
            )
    with pytest.raises(IntegrityError, match="se levanta"), sesion.begin_nested():
        sesion.connection().exec_driver_sql(
            "UPDATE comercio_producto SET estado = 'publicado' WHERE estado = 'intervenido'"
        )
    sesion.rollback()

    with pytest.raises(SinFacultad):
        _hacer(intervenir.apelar, mercado.actor, producto.id, Apelacion(texto="Sí es alpaca"))
    with pytest.raises(IntervencionNoAdmite, match="Nadie apeló"):
        _hacer(
            intervenir.resolver, julia, producto.id, ResolucionDeApelacion(levantar=True, motivos="Sí era")
        )
    _hacer(intervenir.apelar, mercado.actor_vendedor, producto.id, Apelacion(texto="Sí es alpaca"))
    with pytest.raises(TransicionInvalida):
        _hacer(intervenir.apelar, mercado.actor_vendedor, producto.id, Apelacion(texto="Otra vez"))
    # Renamed meanwhile: what was reported stays as it was seen; the new words are looked at when it is back.
    version = leer("SELECT version FROM comercio_producto WHERE id = :id", id=producto.id)[0][0]
    rebautizar = ProductoCambios(titulo="Botella de vino de altura")
    _hacer(editar_producto, mercado.actor_vendedor, producto.id, version, rebautizar)
    levantar = ResolucionDeApelacion(levantar=True, motivos="Trajo el certificado")
    with pytest.raises(IntervencionNoAdmite, match="otra persona"):
        _hacer(intervenir.resolver, rosa, producto.id, levantar)
    assert leer(ESTADOS) == [("intervenido", "apelada")]
    _todo_cuadra()
    _hacer(intervenir.resolver, julia, producto.id, levantar)
    assert leer(ESTADOS) == [("publicado", "levantada")]
    entregar_pendientes()
    vistos = "SELECT visto->>'titulo', regla_codigo FROM comercio_denuncia ORDER BY abierta_en, id"
    assert leer(vistos) == [("Chompa de alpaca", None), ("Botella de vino de altura", "alcohol")]
    mercado.comprar((producto, 1))
    _todo_cuadra()
    assert pagado.estado == "pagado"


def test_nadie_decide_lo_que_denuncio(
    mercado: Mercado, autoridad: tuple[Actor, Actor], leer: Leer, sesion_web: Callable[..., Any]
) -> None:
    rosa, julia = autoridad
    producto = mercado.publicar()
    _hacer(denunciar.denunciar, julia, producto.id, FALSO)
    with pytest.raises(CasoPropio):
        _hacer(denunciar.decidir, julia, producto.id, RETIRAR)
    assert leer("SELECT estado FROM comercio_denuncia") == [("abierta",)]
    caso = f"/regulador/productos/{producto.id}"
    for actor, decide in ((rosa, True), (julia, False)):
        with transaccion() as sesion:
            pagina = sesion_web(obtener_persona(sesion, actor.id)).get(caso).text
        assert (f"{caso}/decision" in pagina, "lo decide otra persona" in pagina) == (decide, not decide)
    _hacer(denunciar.decidir, rosa, producto.id, RETIRAR)
    _hacer(intervenir.apelar, mercado.actor_vendedor, producto.id, Apelacion(texto="Sí es alpaca"))
    with pytest.raises(CasoPropio):
        _hacer(
            intervenir.resolver, julia, producto.id, ResolucionDeApelacion(levantar=False, motivos="No es")
        )
    assert leer(ESTADOS) == [("intervenido", "apelada")]
    _todo_cuadra()


def test_el_silencio_de_cada_uno(mercado: Mercado, autoridad: tuple[Actor, Actor], leer: Leer) -> None:
    sin_apelar = _retirado(mercado, autoridad, titulo="Uno")
    apelado = _retirado(mercado, autoridad, titulo="Dos")
    sin_decision = mercado.publicar("Tres")
    _hacer(denunciar.denunciar, mercado.actor, sin_decision.id, FALSO)
    _hacer(intervenir.apelar, mercado.actor_vendedor, apelado.id, Apelacion(texto="Sí es alpaca"))
    assert _hacer(cuantos_casos) == 2
    assert [c.es_apelacion for c in _hacer(casos, autoridad[0])].count(True) == 1
    assert (vencer_denuncias(), vencer_intervenciones()) == (0, 0)
    mercado.reloj.adelantar(timedelta(days=20))
    assert (vencer_denuncias(), vencer_intervenciones()) == (1, 2)
    _todo_cuadra()
    estados = dict(leer("SELECT titulo, estado FROM comercio_producto"))
    assert estados == {"Uno": "intervenido", "Dos": "publicado", "Tres": "publicado"}
    assert leer("SELECT estado FROM comercio_denuncia WHERE producto_id = :id", id=sin_decision.id) == [
        ("sin_decision",)
    ]
    # What is final stays so; what ended is not rewritten.
    with pytest.raises(TransicionInvalida):
        _hacer(intervenir.apelar, mercado.actor_vendedor, sin_apelar.id, Apelacion(texto="Tarde"))
    with pytest.raises(SinDenuncias):
        _hacer(denunciar.decidir, autoridad[0], sin_decision.id, RETIRAR)


def test_una_decision_no_termina_sin_quien_la_resuelva_ni_antes_de_su_plazo(
    mercado: Mercado, autoridad: tuple[Actor, Actor], leer: Leer, sesion: Session
) -> None:
    producto = _retirado(mercado, autoridad)

    def rechaza(cambio: str) -> None:
        with pytest.raises(IntegrityError), sesion.begin_nested():
            sesion.connection().exec_driver_sql(f"UPDATE comercio_intervencion SET {cambio}")
        sesion.rollback()

    fin = "vence_en = NULL, terminada_en = nucleo_ahora()"
    resuelta = f"{fin}, resolucion = 'Sí', resolvio = 'Nadie', resolvio_id = gen_random_uuid()"
    mueve = "vence_en = nucleo_ahora() - interval '1 day'"
    for cambio in (f"estado = 'levantada', {resuelta}", f"estado = 'firme', {resuelta}", mueve):
        rechaza(cambio)
    for _vez in range(2):
        rechaza(f"estado = 'levantada', {fin}")
        rechaza(f"estado = 'firme', {fin}")
        if leer(ESTADOS) == [("intervenido", "vigente")]:
            _hacer(intervenir.apelar, mercado.actor_vendedor, producto.id, Apelacion(texto="Sí es alpaca"))
    mercado.reloj.adelantar(timedelta(days=20))
    rechaza(f"estado = 'firme', {fin}")  # nobody resolved: that is silence of the authority
    assert leer(ESTADOS) == [("intervenido", "apelada")]
    assert vencer_intervenciones() == 1
    assert leer(ESTADOS) == [("publicado", "levantada")]


def test_lo_que_ya_se_habia_retirado_no_toma_sus_codigos(
    mercado: Mercado, autoridad: tuple[Actor, Actor], leer: Leer
) -> None:
    producto = mercado.publicar(sku="CH-1")
    _hacer(denunciar.denunciar, mercado.actor, producto.id, FALSO)
    version = leer("SELECT version FROM comercio_producto WHERE id = :id", id=producto.id)[0][0]
    retirado = ProductoCambios(estado=EstadoProducto.RETIRADO)
    _hacer(editar_producto, mercado.actor_vendedor, producto.id, version, retirado)
    otro = mercado.publicar(sku="CH-1")
    _hacer(denunciar.decidir, autoridad[0], producto.id, RETIRAR)
    variantes = "SELECT producto_id, estado FROM comercio_variante WHERE sku = 'CH-1' ORDER BY producto_id"
    assert dict(leer(variantes)) == {producto.id: "archivada", otro.id: "activa"}
    _todo_cuadra()
    with transaccion() as sesion:
        assert existencias(sesion) == []
    _hacer(intervenir.apelar, mercado.actor_vendedor, producto.id, Apelacion(texto="Sí es alpaca"))
    sin_falta = ResolucionDeApelacion(levantar=True, motivos="Trajo el certificado")
    _hacer(intervenir.resolver, autoridad[1], producto.id, sin_falta)
    assert leer(ESTADOS) == [("retirado", "levantada")]
    assert dict(leer(variantes)) == {producto.id: "archivada", otro.id: "activa"}


def test_se_denuncia_una_vez_y_diez_por_dia(mercado: Mercado, leer: Leer) -> None:
    producto = mercado.publicar()
    _hacer(denunciar.denunciar, mercado.actor, producto.id, FALSO)
    with pytest.raises(DenunciaRepetida):
        _hacer(denunciar.denunciar, mercado.actor, producto.id, FALSO)
    for n in range(9):
        _hacer(denunciar.denunciar, mercado.actor, mercado.publicar(f"Chompa {n}").id, FALSO)
    with pytest.raises(DemasiadasDenuncias):
        _hacer(denunciar.denunciar, mercado.actor, mercado.publicar("Última").id, FALSO)
    borrador = mercado.publicar("Borrador", publicar=False)
    with pytest.raises(ProductoNoEncontrado):
        _hacer(denunciar.denunciar, mercado.actor, borrador.id, FALSO)
    assert leer("SELECT count(*) FROM comercio_denuncia") == [(10,)]
    with transaccion() as sesion, pytest.raises(IntervencionNoEncontrada):
        intervencion_visible(sesion, mercado.actor, producto.id)


def test_lo_que_tiene_reglas_se_mira_una_vez(
    mercado: Mercado, autoridad: tuple[Actor, Actor], leer: Leer
) -> None:
    vino = mercado.publicar("Vinos de altura, caja de 6")
    mercado.publicar("Chompa color vino tinto")
    mercado.publicar("Hoja de papel")
    entregar_pendientes()
    hechas = "SELECT p.titulo, d.regla_codigo, d.estado FROM comercio_denuncia d JOIN comercio_producto p"
    hechas += " ON p.id = d.producto_id ORDER BY p.titulo"
    assert leer(hechas) == [("Vinos de altura, caja de 6", "alcohol", "abierta")]
    sin_falta = DecisionDeDenuncia(retirar=False, motivos="Tiene licencia")
    _hacer(denunciar.decidir, autoridad[0], vino.id, sin_falta)
    cambios = ProductoCambios(titulo="Vino y singani de altura")
    version = leer("SELECT version FROM comercio_producto WHERE id = :id", id=vino.id)[0][0]
    _hacer(editar_producto, mercado.actor_vendedor, vino.id, version, cambios)
    entregar_pendientes()
    (tras_el_cambio,) = leer(hechas)
    assert tras_el_cambio == ("Vino y singani de altura", "alcohol", "no_procede")
    assert leer("SELECT estado FROM comercio_producto WHERE id = :id", id=vino.id) == [("publicado",)]
    avisos = leer("SELECT asunto FROM ciudadania_notificacion WHERE asunto LIKE '%reglas de venta'")
    assert len(avisos) == 1
