"""The life of a purchase from the catalogue: who decides, up to how much, until when, and once."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session

import comercio
from comercio.busqueda import Filtros
from comercio.catalogo.esquemas import ProductoCambios
from comercio.catalogo.modelos import Producto
from comercio.catalogo.opciones import variante_pedida
from comercio.catalogo.publicar import editar_producto
from comercio.compra import SolicitudCompra
from comercio.compra.errores import CompraPropia, CompraRepetida
from comercio.compra.hacer import comprar, pedidos_de
from comercio.comprometidos.actos import PAGO, CuerpoDePago
from comercio.evidencias.congelar import congelar
from comercio.existencias import ProductoNoDisponible
from comercio.formas import FormaDeEntrega
from comercio.formas.ofrecer import Cobro, declarar
from comercio.sostenidas.errores import OfertaOcupada
from comercio.sostenidas.esquemas import OfertaPedida
from comercio.sostenidas.sostener import dejar, pedir, responder
from comercio.sostenidas.tareas import vencer_ofertas
from comercio.vendedores import tomar_vacaciones
from empresa_digital.registro import Facultad, LimiteDeMandato, MontoExcedido, SinFacultad
from feria_inversa.certificaciones.errores import CertificacionNoPermite
from feria_inversa.certificaciones.registrar import anular as anular_certificacion
from feria_inversa.certificaciones.verificar import verificar_certificaciones
from feria_inversa.compra_de_catalogo.cumplir import conformar, pagar
from feria_inversa.compra_de_catalogo.decidir import anular, aprobar, rechazar
from feria_inversa.compra_de_catalogo.errores import (
    CertificacionInsuficiente,
    CompraNoEncontrada,
    CompraNoPermite,
    MismaPersona,
    OfertaYaPedida,
    SinEvidencia,
)
from feria_inversa.compra_de_catalogo.esquemas import PagoDeCompra
from feria_inversa.compra_de_catalogo.estados import VIDA_COMPRA, EstadoCompra
from feria_inversa.compra_de_catalogo.modelos import CompraDeCatalogo
from feria_inversa.compra_de_catalogo.seguir import seguir
from feria_inversa.compra_de_catalogo.solicitar import solicitar
from feria_inversa.compra_de_catalogo.tareas import vencer_compras
from feria_inversa.compra_de_catalogo.verificar import verificar_compras
from feria_inversa.entidades import ProveedorNoHabilitado
from feria_inversa.entidades.errores import ConflictoDeInteres
from feria_inversa.reglas import ModalidadNoCorresponde
from nucleo.bd import transaccion
from nucleo.dinero import bs
from nucleo.errores import DatosInvalidos
from nucleo.ids import nuevo_id
from nucleo.reloj import ahora, fecha_bolivia
from tests.ayudas.carreras import cruzar
from tests.comercio.conftest import ENTREGA
from tests.comercio.entidades import dar_mandato
from tests.feria_inversa.compra_de_catalogo.conftest import Ente

Leer = Callable[..., list[tuple[Any, ...]]]
E = EstadoCompra
MOTIVO = "Ya no hace falta este año."
_LA_DE = "SELECT id FROM feria_compra_de_catalogo WHERE oferta_id = :oferta"


@pytest.fixture(autouse=True)
def _cuadra(aplicacion: Any) -> Any:
    yield
    for comprobar in (verificar_compras, verificar_certificaciones):
        with transaccion() as sesion:
            assert comprobar(sesion) == []


def _estado(leer: Leer, compra: CompraDeCatalogo) -> str:
    consulta = "SELECT estado FROM feria_compra_de_catalogo WHERE id = :id"
    return str(leer(consulta, id=compra.id)[0][0])


@pytest.mark.parametrize("de", list(E))
def test_cada_estado_sigue_a_donde_dice(de: EstadoCompra) -> None:
    """What is not ended is ended by somebody or by time; what ended stays so."""
    siguen = {
        E.SOLICITADA: {E.ORDENADA, E.RECHAZADA, E.VENCIDA, E.ANULADA},
        E.ORDENADA: {E.RECIBIDA, E.ANULADA},
        E.RECIBIDA: {E.ORDENADA, E.PAGADA, E.ANULADA},  # its delivery was declared wrong
        E.PAGADA: {E.RECIBIDA},  # what silence said never came
    }
    assert {a for a in E if VIDA_COMPRA.puede_pasar(de, a)} == siguen.get(de, set())


def test_la_aprueba_otra_persona_que_no_vende(ente: Ente, leer: Leer) -> None:
    certificacion = ente.certificar()
    compra = ente.pedir(ente.sostener(), certificacion)
    with pytest.raises(MismaPersona):
        ente.aprobar(compra.id, ente.entidad.actor)
    with pytest.raises(CompraNoEncontrada):
        ente.aprobar(compra.id, ente.mercado.actor_vendedor)
    dar_mandato(ente.mercado.unidad, ente.carla, Facultad.VENDER)
    with pytest.raises(ConflictoDeInteres):
        ente.aprobar(compra.id)
    assert (_estado(leer, compra), ente.de(certificacion)) == ("solicitada", ("0.00", "0.00", "1000.00"))


def test_quien_vende_no_pide_ni_decide_ni_recibe_ni_paga(ente: Ente, leer: Leer) -> None:
    """Also by the shop's own door, which the conformity of any order has, and by what several sign."""
    certificacion, oferta = ente.certificar(), ente.sostener()
    otra = ente.pedir(ente.sostener("Poncho"), certificacion)
    compra = ente.aprobar(ente.pedir(oferta, certificacion).id)
    assert compra.pedido_id is not None
    with transaccion() as sesion:
        (pedido,) = pedidos_de(sesion, compra.id)
    ente.mercado.llevar(pedido, "EMA", "EMI")
    tercera = ente.sostener("Gorro")
    for persona in (ente.entidad.persona, ente.carla):
        dar_mandato(ente.mercado.unidad, persona, Facultad.VENDER)
    berta, carla = ente.entidad.actor, ente.actora
    libro, pago = PagoDeCompra(medio="libro"), comercio.PagoFuera("4471", fecha_bolivia(ahora()))
    with pytest.raises(ConflictoDeInteres, match="Usted tiene un mandato de quien vende"):
        ente.pedir(tercera, certificacion)
    with pytest.raises(ConflictoDeInteres), transaccion() as sesion:
        anular(sesion, berta, otra.id, MOTIVO)
    with pytest.raises(ConflictoDeInteres), transaccion() as sesion:
        rechazar(sesion, carla, otra.id, MOTIVO)
    with pytest.raises(ConflictoDeInteres), transaccion() as sesion:
        conformar(sesion, berta, compra.id)
    with pytest.raises(CompraPropia), transaccion() as sesion:
        comercio.dar_conformidad(sesion, berta, compra.pedido_id)
    with pytest.raises(ConflictoDeInteres), transaccion() as sesion:
        pagar(sesion, carla, compra.id, libro)
    with pytest.raises(CompraPropia), transaccion() as sesion:
        comercio.pagar_de_entidad(sesion, carla, compra.pedido_id)
    with pytest.raises(CompraPropia), transaccion() as sesion:
        comercio.anotar_pago_fuera(sesion, carla, compra.pedido_id, pago)
    with pytest.raises(CompraPropia), transaccion() as sesion:
        PAGO.exige(sesion, carla, CuerpoDePago(pedido_id=compra.pedido_id, monto=bs("400.00")))
    assert [_estado(leer, c) for c in (otra, compra)] == ["solicitada", "recibida"]


def test_quien_solo_paga_no_aprueba_y_el_mandato_tiene_su_tope(
    ente: Ente, crear_persona: Callable[..., Any], actor_de: Callable[..., Any], leer: Leer
) -> None:
    compra = ente.pedir(ente.sostener(), ente.certificar())
    paga, poco = crear_persona("Dina"), crear_persona("Elsa")
    dar_mandato(ente.entidad.unidad, paga, Facultad.PAGAR)
    dar_mandato(ente.entidad.unidad, poco, Facultad.COMPRAR, monto_limite=bs("399.99"))
    with pytest.raises(SinFacultad):
        ente.aprobar(compra.id, actor_de(paga))
    with pytest.raises(MontoExcedido):
        ente.aprobar(compra.id, actor_de(poco))
    assert _estado(leer, compra) == "solicitada"


def test_lo_que_se_deshace_vuelve_al_tope_del_mandato(
    ente: Ente, crear_persona: Callable[..., Any], actor_de: Callable[..., Any], leer: Leer
) -> None:
    """Also part of it: Bs 500 a month order Bs 400, undone, and Bs 400 again."""
    elsa = crear_persona("Elsa")
    dar_mandato(ente.entidad.unidad, elsa, Facultad.COMPRAR, limite_mes=bs("500.00"))
    certificacion = ente.certificar("2000.00")
    primera, segunda, tercera = (
        ente.pedir(ente.sostener(titulo), certificacion) for titulo in ("Chompa", "Poncho", "Gorro")
    )
    ente.aprobar(primera.id, actor_de(elsa))
    with pytest.raises(LimiteDeMandato):
        ente.aprobar(segunda.id, actor_de(elsa))
    (linea,) = leer("SELECT id FROM comercio_pedido_linea")
    suyo = leer("SELECT id FROM comercio_pedido")[0][0]
    with transaccion() as sesion:
        comercio.cancelar(sesion, ente.mercado.actor_vendedor, suyo, "Falta una.", {linea[0]: Decimal(1)})
    with pytest.raises(LimiteDeMandato):
        ente.aprobar(segunda.id, actor_de(elsa))
    with transaccion() as sesion:
        comercio.cancelar(sesion, ente.mercado.actor_vendedor, suyo, "No hay más lana.")
    ente.aprobar(segunda.id, actor_de(elsa))
    with pytest.raises(LimiteDeMandato):
        ente.aprobar(tercera.id, actor_de(elsa))
    assert [_estado(leer, c) for c in (segunda, tercera)] == ["ordenada", "solicitada"]
    with transaccion() as sesion:
        seguir(sesion, suyo)


@pytest.mark.parametrize(
    ("hoy", "ordenado"), [("70.00", "380.00"), ("79.00", "425.00")], ids=["cabe", "se pide otra vez"]
)
def test_baja_de_precio_y_pierde_el_envio_gratis(hoy: str, ordenado: str, ente: Ente, leer: Leer) -> None:
    """Held at Bs 80 with free postage from Bs 400: today's goods pay today's postage, of Bs 30."""
    zona = Cobro(zonas={"020105": bs("30.00")}, gratis_desde=bs("400.00"))
    formas = {FormaDeEntrega.CORREO: "", FormaDeEntrega.REPARTO: ""}
    with transaccion() as sesion:
        declarar(sesion, ente.mercado.actor_vendedor, ente.mercado.unidad.id, formas, zona)
    oferta, certificacion = ente.sostener(), ente.certificar()
    compra = ente.pedir(oferta, certificacion, forma="reparto")
    assert (compra.total, compra.porte) == (bs("400.00"), bs("0.00"))
    with transaccion() as sesion:
        producto = sesion.get_one(Producto, compra.producto_id)
        cambios = ProductoCambios(precio=bs(hoy))
        editar_producto(sesion, ente.mercado.actor_vendedor, producto.id, producto.version, cambios)
    if bs(ordenado) > compra.total:
        with pytest.raises(CompraNoPermite, match="El envío ahora cuesta más"):
            ente.aprobar(compra.id)
        with transaccion() as sesion:
            anular(sesion, ente.entidad.actor, compra.id, MOTIVO)
        compra = ente.pedir(oferta, certificacion, forma="reparto")
        assert compra.porte == bs("30.00")
    assert ente.aprobar(compra.id).ordenado == bs(ordenado)
    assert ente.de(certificacion)[0] == ordenado


def test_lo_que_sostuvo_se_ordena_aunque_se_vaya(ente: Ente, leer: Leer) -> None:
    """A seller that takes holidays still sells what they held until a day, and nothing else."""
    compra = ente.pedir(ente.sostener(), ente.certificar())
    hoy = fecha_bolivia(ahora())
    with transaccion() as sesion:
        tomar_vacaciones(
            sesion, ente.mercado.actor_vendedor, ente.mercado.unidad.id, hoy, hoy + timedelta(days=9)
        )
    with pytest.raises(ProductoNoDisponible):
        ente.mercado.comprar((ente.mercado.publicar("Gorro", precio="20.00"), 1))
    ente.aprobar(compra.id)
    assert _estado(leer, compra) == "ordenada"


def test_nadie_la_decide_y_vence_con_la_oferta(ente: Ente, leer: Leer) -> None:
    certificacion = ente.certificar()
    compra = ente.pedir(ente.sostener(dias=5), certificacion)
    assert vencer_compras() == 0
    ente.mercado.reloj.adelantar(timedelta(days=7))
    with pytest.raises(CompraNoPermite):
        ente.aprobar(compra.id)
    assert (vencer_ofertas(), vencer_compras(), vencer_compras()) == (1, 1, 0)
    assert (_estado(leer, compra), ente.de(certificacion)) == ("vencida", ("0.00", "0.00", "1000.00"))


def test_no_se_aprueba_o_se_deja_con_motivo(ente: Ente, leer: Leer) -> None:
    certificacion = ente.certificar()
    oferta = ente.sostener()
    primera = ente.pedir(oferta, certificacion)
    with pytest.raises(OfertaYaPedida):
        ente.pedir(oferta, certificacion)
    with transaccion() as sesion, pytest.raises(MismaPersona):
        rechazar(sesion, ente.entidad.actor, primera.id, MOTIVO)
    with transaccion() as sesion:
        rechazar(sesion, ente.actora, primera.id, MOTIVO)
    segunda = ente.pedir(oferta, certificacion)
    with transaccion() as sesion:
        anular(sesion, ente.entidad.actor, segunda.id, MOTIVO)
    assert (_estado(leer, primera), _estado(leer, segunda)) == ("rechazada", "anulada")
    tercera = ente.pedir(oferta, certificacion)
    ente.aprobar(tercera.id)
    with transaccion() as sesion, pytest.raises(CompraNoPermite):
        anular(sesion, ente.entidad.actor, tercera.id, MOTIVO)
    assert _estado(leer, tercera) == "ordenada"


def test_el_identificador_es_de_una_sola_compra(ente: Ente, leer: Leer) -> None:
    """Of a purchase of the shop it could never be approved; again, it is the same only with all the same."""
    certificacion, otra, oferta = ente.certificar(), ente.certificar(numero="0413"), ente.sostener()
    gorro = ente.mercado.publicar("Gorro", precio="20.00")
    de_la_tienda = ente.mercado.comprar((gorro, 1)).id
    with pytest.raises(DatosInvalidos, match="ya está en uso"):
        ente.pedir(oferta, certificacion, id=de_la_tienda)
    uno = nuevo_id()
    assert [ente.pedir(oferta, certificacion, id=uno).id for _vez in range(2)] == [uno, uno]
    for con, forma in ((otra, "correo"), (certificacion, None)):
        with pytest.raises(DatosInvalidos, match="ya está en uso"):
            ente.pedir(oferta, con, id=uno, forma=forma)
    assert leer("SELECT count(*) FROM feria_compra_de_catalogo") == [(1,)]


@pytest.mark.parametrize("antes", ["la entidad", "la tienda"])
def test_su_identificador_no_lo_toma_otra_compra(antes: str, ente: Ente, leer: Leer) -> None:
    """Whichever comes first, the other one waits and is told; what was asked for is approved."""
    certificacion, oferta, id = ente.certificar(), ente.sostener(), nuevo_id()
    gorro = ente.mercado.publicar("Gorro", precio="20.00")

    def pide(sesion: Session) -> None:
        solicitar(sesion, ente.entidad.actor, ente.id, ente.datos(oferta, certificacion), id)

    def compra(sesion: Session) -> None:
        suya = SolicitudCompra(
            id=id, entrega=ENTREGA, lineas=((variante_pedida(sesion, gorro.id), Decimal(1)),)
        )
        comprar(sesion, ente.mercado.actor, suya)

    if antes == "la tienda":
        assert isinstance(cruzar(compra, pide), DatosInvalidos)
        assert leer("SELECT count(*) FROM feria_compra_de_catalogo") == [(0,)]
        return
    assert isinstance(cruzar(pide, compra), CompraRepetida)
    assert leer("SELECT count(*) FROM comercio_compra") == [(0,)]
    assert ente.aprobar(id).pedido_id is not None
    with pytest.raises(CompraRepetida), transaccion() as sesion:
        compra(sesion)


def test_sin_su_busqueda_no_se_pide(ente: Ente, leer: Leer) -> None:
    producto = ente.mercado.publicar("Poncho", precio="80.00")
    with transaccion() as sesion:
        pedida = OfertaPedida(unidad_id=ente.id, producto_id=producto.id, cantidad=5, dias=7)
        oferta = pedir(sesion, ente.entidad.actor, pedida).id
    with transaccion() as sesion:
        responder(sesion, ente.mercado.actor_vendedor, oferta, sostener=True)
    certificacion = ente.certificar()
    with pytest.raises(SinEvidencia):
        ente.pedir(oferta, certificacion)
    with transaccion() as sesion:
        dejar(sesion, ente.entidad.actor, oferta)
    with pytest.raises(comercio.OfertaNoEncontrada):
        ente.pedir(oferta, certificacion)
    assert leer("SELECT count(*) FROM feria_compra_de_catalogo") == [(0,)]


def test_con_una_busqueda_antigua_no_se_pide(ente: Ente, leer: Leer) -> None:
    """Thirty days: a dated rule. The offer is held, and what led to it is another shop by now."""
    producto = ente.mercado.publicar("Poncho", precio="80.00")
    with transaccion() as sesion:
        busqueda = congelar(sesion, ente.entidad.actor, ente.id, Filtros("poncho"), "Uniformes", producto.id)
    ente.mercado.reloj.adelantar(timedelta(days=24))
    with transaccion() as sesion:
        pedida = OfertaPedida(
            unidad_id=ente.id, producto_id=producto.id, cantidad=5, dias=14, busqueda_id=busqueda.id
        )
        oferta = pedir(sesion, ente.entidad.actor, pedida).id
    with transaccion() as sesion:
        responder(sesion, ente.mercado.actor_vendedor, oferta, sostener=True)
    certificacion = ente.certificar()
    ente.mercado.reloj.adelantar(timedelta(days=7))
    with pytest.raises(SinEvidencia, match="ya es antigua"):
        ente.pedir(oferta, certificacion)
    ente.mercado.reloj.adelantar(timedelta(days=-2))
    assert ente.pedir(oferta, certificacion).busqueda_id == busqueda.id


def test_no_se_deja_lo_que_una_compra_espera(ente: Ente, leer: Leer) -> None:
    """Nor by two at once: who asks for it holds it meanwhile."""
    certificacion, oferta = ente.certificar(), ente.sostener()
    compra = ente.pedir(oferta, certificacion)
    with pytest.raises(OfertaOcupada), transaccion() as sesion:
        dejar(sesion, ente.entidad.actor, oferta)
    ente.aprobar(compra.id)
    assert _estado(leer, compra) == "ordenada"
    otra = ente.sostener("Poncho")

    def pide(sesion: Session) -> None:
        solicitar(sesion, ente.entidad.actor, ente.id, ente.datos(otra, certificacion))

    def deja(sesion: Session) -> None:
        dejar(sesion, ente.entidad.actor, otra)

    assert isinstance(cruzar(pide, deja), OfertaOcupada)
    with transaccion() as sesion:
        anular(sesion, ente.actora, leer(_LA_DE, oferta=otra)[0][0], MOTIVO)
    with transaccion() as sesion:
        dejar(sesion, ente.entidad.actor, otra)
    assert leer("SELECT estado FROM comercio_oferta_sostenida WHERE id = :id", id=otra) == [("retirada",)]


def test_sobre_el_tope_de_la_modalidad_se_convoca(ente: Ente) -> None:
    """The ceiling of a contratación menor is a dated rule: Bs 50.000."""
    certificacion = ente.certificar("90000.00")
    al_tope = ente.pedir(ente.sostener("Chompa fina", "10000.00", 5), certificacion)
    assert (al_tope.total, al_tope.reglas["codigo"]) == (bs("50000.00"), "CM")
    with pytest.raises(ModalidadNoCorresponde, match="ANPE"):
        ente.pedir(ente.sostener("Poncho fino", "10000.01", 5), certificacion)


def test_se_juzga_otra_vez_al_aprobar(ente: Ente, duenio: Engine, leer: Leer) -> None:
    """A certificate that was annulled since, a seller that may not contract any more."""
    una, otra = ente.certificar(), ente.certificar(numero="0413")
    con_una, con_otra = ente.pedir(ente.sostener(), una), ente.pedir(ente.sostener("Poncho"), otra)
    with transaccion() as sesion:
        anular_certificacion(sesion, ente.actora, una, MOTIVO)
    with pytest.raises(CertificacionNoPermite):
        ente.aprobar(con_una.id)
    with duenio.begin() as conexion:
        conexion.execute(
            text(
                "UPDATE registro_habilitacion SET vigente_desde = vigente_desde + 90"
                " WHERE habilitacion = 'PROVEEDOR_DEL_ESTADO'"
            )
        )
    with pytest.raises(ProveedorNoHabilitado):
        ente.aprobar(con_otra.id)
    assert [_estado(leer, c) for c in (con_una, con_otra)] == ["solicitada", "solicitada"]


def test_dos_aprobaciones_a_la_vez_de_una_certificacion(ente: Ente, leer: Leer) -> None:
    """Bs 700 for two purchases of Bs 400: exactly one is ordered, whoever comes first."""
    certificacion = ente.certificar("700.00")
    primera = ente.pedir(ente.sostener(), certificacion)
    segunda = ente.pedir(ente.sostener("Poncho"), certificacion)
    falla = cruzar(
        lambda s: aprobar(s, ente.actora, primera.id), lambda s: aprobar(s, ente.actora, segunda.id)
    )
    assert isinstance(falla, CertificacionInsuficiente)
    assert (_estado(leer, primera), _estado(leer, segunda)) == ("ordenada", "solicitada")
    assert ente.de(certificacion) == ("400.00", "0.00", "300.00")
    assert leer("SELECT count(*) FROM comercio_pedido") == [(1,)]


def test_lo_que_se_libera_de_una_anulada_no_se_compromete_mas(ente: Ente, leer: Leer) -> None:
    certificacion = ente.certificar()
    compra = ente.aprobar(ente.pedir(ente.sostener(), certificacion).id)
    with transaccion() as sesion:
        anular_certificacion(sesion, ente.actora, certificacion, MOTIVO)
    assert ente.de(certificacion) == ("400.00", "0.00", "0.00")
    assert compra.pedido_id is not None
    with transaccion() as sesion:
        comercio.cancelar(sesion, ente.mercado.actor_vendedor, compra.pedido_id, "No hay más lana.")
    with transaccion() as sesion:
        assert seguir(sesion, compra.pedido_id)
    assert (_estado(leer, compra), ente.de(certificacion)) == ("anulada", ("0.00", "0.00", "0.00"))


@pytest.mark.parametrize(
    "cambio",
    [
        "total = total + 1",
        "certificacion_id = gen_random_uuid()",
        "estado = 'vencida', vence_en = NULL, terminada_en = nucleo_ahora()",
        "estado = 'pagada', vence_en = NULL, terminada_en = nucleo_ahora()",
        "estado = 'rechazada', vence_en = NULL, terminada_en = nucleo_ahora(), motivo = 'Diez letras ya',"
        " decidida_en = nucleo_ahora(), decidio = 'x', decidio_id = solicito_id,"
        " decidio_mandato_id = solicito_mandato_id",
    ],
    ids=["monto", "certificación", "antes de tiempo", "sin orden", "la misma persona"],
)
def test_la_base_lo_juzga_otra_vez(cambio: str, ente: Ente, duenio: Engine) -> None:
    ente.pedir(ente.sostener(), ente.certificar())
    with pytest.raises(DBAPIError), duenio.begin() as conexion:
        conexion.execute(text(f"UPDATE feria_compra_de_catalogo SET {cambio}"))
