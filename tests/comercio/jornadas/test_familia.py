"""A family that buys from two sellers in one purchase: what comes damaged, and what does not come."""

from collections.abc import Callable
from typing import Any

import pytest

from comercio.pedidos import manejadores
from comercio.reclamos import manejadores as de_reclamos
from nucleo.bd import transaccion
from pagos import saldo_disponible
from tests.comercio.jornadas.conftest import Feria, Telefono
from tests.comercio.test_web import png

pytestmark = [pytest.mark.lento, pytest.mark.navegador]
Crear = Callable[..., Any]
assert manejadores
assert de_reclamos


def _agregar(ella: Telefono, producto: Any, cuantos: int) -> None:
    ella.ir(f"/productos/{producto.id}").llenar("Cantidad", str(cuantos)).pulsar("Agregar al carrito")


def _saldo(feria: Feria) -> str:
    with transaccion() as sesion:
        return str(saldo_disponible(sesion, feria.mercado.cuenta).amount)


def test_a_dos_vendedores_uno_tarda_y_de_lo_del_otro_una_parte_vuelve(
    feria: Feria, crear_persona: Crear, crear_unidad: Crear, actor_de: Crear
) -> None:
    mercado = feria.mercado
    alfarera = crear_persona("Hilaria")
    taller = crear_unidad("Cerámica de Huayculi", representante=alfarera, habilitaciones=["VENDEDOR"])
    manta = mercado.publicar("Manta de oveja", precio="120.00")
    plato = mercado.publicar(
        "Plato de barro", precio="33.33", categoria="ceramica", unidad_id=taller.id, actor=actor_de(alfarera)
    )

    # One cart, one payment, an order for each seller.
    ella = feria.telefono(mercado.comprador)
    _agregar(ella, manta, 1)
    _agregar(ella, plato, 6)
    ella.ir("/carrito").dice("Compra a 2 vendedores", r"Total\s+Bs\s319,98").mirar("familia-carrito")
    ella.pulsar("Continuar con la compra")
    ella.llenar("Nombre de quien recibe", "Ana Prueba").llenar("Teléfono", "71234567")
    ella.pagina.get_by_label("Municipio").select_option("020105")
    ella.llenar("Cómo llegar", "Avenida 6 de Marzo, portón verde").pulsar("^Pagar Bs\\s319,98")
    ella.dice(r"Pagó Bs\s319,98 de una vez", "Tejidos de Prueba", "Cerámica de Huayculi")
    ella.dice("Debe salir hasta el").mirar("familia-compra-hecha")
    assert _saldo(feria) == "680.02"
    de_manta, de_platos = sorted(feria.pedidos(), key=lambda p: p.total.amount)

    # The dishes arrive, two of them broken; the blanket set out and does not arrive.
    mercado.llevar(de_manta, "EMA")
    mercado.actor_vendedor, tejedora = actor_de(alfarera), mercado.actor_vendedor
    mercado.llevar(de_platos, "EMA", "EMI")
    mercado.actor_vendedor = tejedora
    ella.ir(f"/pedidos/{de_platos.id}").pulsar("Algo salió mal: reclamar")
    ella.pagina.get_by_label("Llegó dañado").check()
    ella.llenar("Cuéntelo", "Dos de los seis llegaron partidos").llenar("Plato de barro", "2")
    ella.pagina.get_by_label("Foto o PDF").set_input_files(
        {"name": "roto.png", "mimeType": "image/png", "buffer": png()}
    )
    ella.mirar("familia-reclama").pulsar("Abrir el reclamo")
    ella.dice(r"Si no responde, se devuelven Bs\s66,66", r"2 de 6, a Bs\s33,33").mirar("familia-reclamo")
    reclamo = ella.ruta
    vende = feria.telefono(alfarera)
    vende.ir(f"/vender/pedidos/{de_platos.id}").pulsar("Ver el reclamo")
    vende.dice("Dos de los seis").mirar("familia-vendedora-responde")
    vende.pagina.get_by_label("Acepto, cuando me lo devuelva").check()
    vende.llenar("Explíquelo", "Mándeme los dos y le devuelvo").pulsar("Responder")
    vende.dice("Quien compró lo manda de vuelta hasta el").mirar("familia-espera-la-vuelta")
    ella.ir(reclamo).dice(r"Aceptaron devolverle Bs\s66,66", "guarde el comprobante").mirar(
        "familia-la-devuelve"
    )
    ella.pulsar("Devolverlo por correo").mirar("familia-anuncia-la-vuelta")
    ella.llenar("Qué devuelve", "Dos platos rotos").pulsar("Anunciar")
    feria.llevar_vuelta(de_platos, "EMA")
    ella.ir(reclamo).dice("va en camino a quien vende").mirar("familia-vuelve")
    assert _saldo(feria) == "680.02"  # no money before the plates
    feria.llevar_vuelta(de_platos, "EMI")
    vende.ir(f"/vender/pedidos/{de_platos.id}").pulsar("Ver el reclamo")
    vende.dice("Lo que le devuelven ya llegó").mirar("familia-revisa-lo-que-volvio")
    vende.pulsar(r"Ya lo tengo: devolver Bs\s66,66").dice(r"Volvieron Bs\s66,66 a quien compró")
    assert _saldo(feria) == "746.68"
    ella.ir(f"/pedidos/{de_platos.id}").dice(r"En custodia[^\n]*\s+Bs\s133,32", r"Devuelto\s+Bs\s66,66")
    ella.mirar("familia-devuelto-en-parte")

    # Of the late one it is said where it is and from when on she may claim.
    feria.pasan(days=9)
    ella.ir("/pedidos?ver=en-curso").dice("Manta de oveja").no_dice("Plato de barro")
    ella.mirar("familia-en-curso")
    ella.ir(f"/pedidos/{de_manta.id}").dice("Viene en camino", "Si no llega, podrá reclamar desde el")
    ella.no_dice("Algo salió mal").mirar("familia-tarda")
    teje = feria.telefono(mercado.vendedor)
    teje.ir(f"/vender/pedidos/{de_manta.id}").dice("Si no le llega, podrá reclamar desde el")
    vende.ir("/vender/dinero").dice(r"Devuelto\s+− Bs\s66,66", r"Llegó a su cuenta\s+Bs\s129,32")

    # It may: who sells says nothing, and all of it goes back by itself.
    feria.pasan(days=13)
    ella.ir(f"/pedidos/{de_manta.id}").dice("Ya pasaron los días en que debía llegar").mirar(
        "familia-reclame"
    )
    ella.pulsar("Algo salió mal: reclamar").llenar("Cuéntelo", "Nunca llegó").pulsar("Abrir el reclamo")
    ella.dice(r"Si no responde, se devuelven Bs\s120,00")
    feria.pasan(days=9)
    ella.ir(f"/pedidos/{de_manta.id}").dice(r"volvieron a su billetera|volvieron Bs\s120,00 a su billetera")
    ella.mirar("familia-volvio-todo")
    assert _saldo(feria) == "866.68"
    ella.ir("/billetera").dice(r"Bs\s866,68").mirar("familia-billetera")
