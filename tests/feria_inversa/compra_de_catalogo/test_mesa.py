"""The desk of an entity: who only pays gets to where they pay, who decides sees what they need, who asks
alone is told."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import text

from comercio.catalogo.esquemas import ProductoCambios
from comercio.catalogo.modelos import Producto
from comercio.catalogo.publicar import editar_producto
from comercio.compra.hacer import pedidos_de
from comercio.pedidos.tareas import liberar_vencidas
from comercio.sostenidas.esquemas import OfertaPedida
from comercio.sostenidas.sostener import pedir, responder
from empresa_digital.registro import Facultad
from feria_inversa.compra_de_catalogo.cumplir import conformar
from feria_inversa.compra_de_catalogo.seguir import seguir
from nucleo.bd import transaccion
from nucleo.dinero import bs
from nucleo.eventos import entregar_pendientes
from nucleo.ids import nuevo_id
from nucleo.obligaciones import obligaciones_de
from tests.comercio.entidades import dar_mandato
from tests.feria_inversa.compra_de_catalogo.conftest import Ente

Web = Callable[..., Any]


def _texto(cliente: Any, ruta: str) -> str:
    respuesta = cliente.get(ruta)
    assert respuesta.status_code == 200, ruta
    return str(respuesta.text).replace("\xa0", " ")


def _recibida(ente: Ente) -> Any:
    """Delivered, conform, and not paid: there is no money."""
    compra = ente.aprobar(ente.pedir(ente.sostener(), ente.certificar()).id)
    with transaccion() as sesion:
        (pedido,) = pedidos_de(sesion, compra.id)
    ente.mercado.llevar(pedido, "EMA", "EMI")
    ente.mercado.reloj.adelantar(timedelta(days=12))
    assert liberar_vencidas() == 0
    entregar_pendientes()
    return compra


@pytest.mark.parametrize("firmas", [1, 2], ids=["sola", "con otra persona"])
def test_quien_solo_paga_llega_a_donde_se_paga(
    firmas: int, ente: Ente, sesion_web: Web, crear_persona: Callable[..., Any]
) -> None:
    """From the panel and from the desk, by the breadcrumbs too; the piles of calls are not theirs."""
    dina, grupo = crear_persona("Dina"), nuevo_id()
    for persona in (dina, *(crear_persona(n) for n in ("Elsa",) * (firmas - 1))):
        juntas = {"firmas": 2, "grupo": grupo} if firmas == 2 else {}
        dar_mandato(ente.entidad.unidad, persona, Facultad.PAGAR, **juntas)
    compra = _recibida(ente)
    web = sesion_web(dina)
    mesa, certificaciones = (
        f"/entidades/{ente.id}/compras-de-catalogo",
        f"/entidades/{ente.id}/certificaciones",
    )
    panel = _texto(web, "/panel")
    assert f'href="{mesa}"' in panel
    assert f'href="{certificaciones}"' in panel
    assert "Aprobar compras" not in panel
    compras = _texto(web, "/compras")
    assert f'href="{mesa}"' in compras
    assert f'href="{certificaciones}"' in compras
    assert "Pilas de convocatorias" not in compras
    assert "/busquedas-congeladas" not in compras
    una = f"/compras-de-catalogo/{compra.id}"
    assert f'href="{una}"' in _texto(web, mesa)
    assert 'href="/compras"' in _texto(web, certificaciones)
    pagina = _texto(web, una)
    assert "Registrar el pago" in pagina
    assert "Ver el pedido" not in pagina


def test_el_pedido_lleva_a_donde_se_paga(ente: Ente, sesion_web: Web) -> None:
    compra = _recibida(ente)
    enlace = f'href="/compras-de-catalogo/{compra.id}"'
    assert enlace in _texto(sesion_web(ente.entidad.persona), f"/pedidos/{compra.pedido_id}")
    assert enlace not in _texto(sesion_web(ente.mercado.vendedor), f"/vender/pedidos/{compra.pedido_id}")


def test_quien_no_tiene_nada_que_ver_no_entra(ente: Ente, sesion_web: Web) -> None:
    assert sesion_web(ente.mercado.vendedor).get("/compras").status_code == 403


def test_lo_que_no_deja_cerrar_dice_donde_se_termina(ente: Ente) -> None:
    _recibida(ente)
    with transaccion() as sesion:
        de_la_entidad = {o.url for o in obligaciones_de(sesion, ente.id)}
        de_quien_vende = {o.url for o in obligaciones_de(sesion, ente.mercado.unidad.id)}
    assert f"/entidades/{ente.id}/compras-de-catalogo" in de_la_entidad
    assert "/vender" in de_quien_vende
    assert f"/entidades/{ente.id}/compras-de-catalogo" not in de_quien_vende


def test_el_panel_cuenta_lo_que_espera_a_quien_mira(ente: Ente, sesion_web: Web, cliente: Any) -> None:
    """Not what one asked for, nor what is not due yet or was paid."""
    berta, carla = sesion_web(ente.entidad.persona), sesion_web(ente.carla)
    certificacion = ente.certificar()
    compra = ente.pedir(ente.sostener(), certificacion)
    assert "Aprobar compras" not in _texto(berta, "/panel")
    assert "Aprobar compras" in _texto(carla, "/panel")
    assert "Aprobar compras (1)" in _texto(carla, "/compras")
    assert "Aprobar compras" not in _texto(berta, "/compras")
    ente.aprobar(compra.id)
    with transaccion() as sesion:
        (pedido,) = pedidos_de(sesion, compra.id)
    ente.mercado.llevar(pedido, "EMA", "EMI")
    with transaccion() as sesion:
        assert seguir(sesion, pedido.id) in (True, False)
    assert "Pagar lo recibido" not in _texto(carla, "/panel")  # its term runs
    with transaccion() as sesion:
        conformar(sesion, ente.receptora, compra.id)
    assert "Pagar lo recibido" in _texto(carla, "/panel")
    assert "Pagar lo recibido" not in _texto(berta, "/panel")
    ente.abonar(ente.entidad.unidad, "500.00")
    assert carla.post(f"/compras-de-catalogo/{compra.id}/pago", data={"medio": "libro"}).status_code == 303
    assert "Pagar lo recibido" not in _texto(carla, "/panel")
    una = f"/compras-de-catalogo/{compra.id}"
    suya, publica = _texto(carla, una), _texto(cliente, una)
    assert "Nora Prueba, " in suya.split("La recibió conforme")[1]
    assert "Carla Prueba, " in suya.split("Registró el pago")[1]
    assert "Pagada" in publica
    for de_su_gente in ("La recibió conforme", "Registró el pago"):
        assert de_su_gente not in publica


def test_quien_decide_ve_con_que_y_por_que(
    ente: Ente, sesion_web: Web, crear_persona: Callable[..., Any]
) -> None:
    compra = ente.pedir(ente.sostener(), ente.certificar())
    una = f"/compras-de-catalogo/{compra.id}"
    carla = sesion_web(ente.carla)
    pagina = _texto(carla, una)
    for dicho in ("5 unidades", "Queda de la certificación", "Bs 1.000,00", "resultado 1 de 1"):
        assert dicho in pagina
    assert "Hoy cuesta menos" not in pagina
    with transaccion() as sesion:
        producto = sesion.get_one(Producto, compra.producto_id)
        cambios = ProductoCambios(precio=bs("70.00"))
        editar_producto(sesion, ente.mercado.actor_vendedor, producto.id, producto.version, cambios)
    hoy = _texto(carla, una)
    assert "Bs 350,00 en vez de Bs 400,00" in hoy
    assert "se comprometen Bs 350,00" in hoy
    elsa = crear_persona("Elsa")
    dar_mandato(ente.entidad.unidad, elsa, Facultad.COMPRAR, monto_limite=bs("349.99"))
    corta = _texto(sesion_web(elsa), una)
    assert "Su mandato no llega a Bs 350,00" in corta
    assert f'action="{una}/aprobacion"' not in corta
    assert f'action="{una}/rechazo"' in corta


def test_a_quien_compra_sin_nadie_mas_se_le_dice(
    ente: Ente, sesion_web: Web, leer: Callable[..., Any], duenio: Any
) -> None:
    """Until somebody else buys for the entity nobody could approve what she asks for."""
    oferta = ente.sostener()
    nueva = f"/entidades/{ente.id}/compras-de-catalogo/nueva?oferta={oferta}"
    berta = sesion_web(ente.entidad.persona)
    ente.certificar()
    assert "Falta quien la apruebe." not in _texto(berta, nueva)

    with duenio.begin() as conexion:
        conexion.execute(
            text(
                "UPDATE registro_mandato SET revocado_en = nucleo_ahora(), revocado_motivo = 'Prueba'"
                " WHERE unidad_id = :u AND apoderado_persona_id <> :p"
            ),
            {"u": ente.id, "p": ente.entidad.persona.id},
        )
    assert "Falta quien la apruebe." in _texto(berta, nueva)


def test_solo_se_ofrece_pedir_lo_que_se_puede_pedir(ente: Ente, sesion_web: Web) -> None:
    """An offer without its search says what to do, before anybody fills the form; one in use says where."""
    berta = sesion_web(ente.entidad.persona)
    con, certificacion = ente.sostener(), ente.certificar()
    producto = ente.mercado.publicar("Poncho", precio="80.00")
    pedida = OfertaPedida(unidad_id=ente.id, producto_id=producto.id, cantidad=Decimal(5), dias=7)
    with transaccion() as sesion:
        sin = pedir(sesion, ente.entidad.actor, pedida).id
    with transaccion() as sesion:
        responder(sesion, ente.mercado.actor_vendedor, sin, sostener=True)
    mesa, suyas = f"/entidades/{ente.id}/compras-de-catalogo", f"/ofertas-sostenidas?unidad={ente.id}"
    for ruta in (mesa, suyas):
        pagina = _texto(berta, ruta)
        assert f"nueva?oferta={con}" in pagina
        assert f"nueva?oferta={sin}" not in pagina
        assert "No tiene una búsqueda congelada que elija este producto" in pagina
    assert 'name="para_que"' not in _texto(berta, f"{mesa}/nueva?oferta={sin}")
    compra = ente.pedir(con, certificacion)
    pagina = _texto(berta, suyas)
    assert f'href="/compras-de-catalogo/{compra.id}"' in pagina
    assert f"/ofertas-sostenidas/{con}/abandono" not in pagina
    assert f"/ofertas-sostenidas/{sin}/abandono" in pagina
    assert f"nueva?oferta={con}" not in _texto(berta, mesa)
