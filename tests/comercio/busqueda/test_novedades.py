"""Alerts of one product, and of lists when a price falls."""

from datetime import timedelta
from typing import Any

from sqlmodel import Session, col, select

from alertas import enviar
from alertas.guardar import crear_alerta
from ciudadania.modelos import Notificacion
from comercio.busqueda import alertas, novedades
from comercio.busqueda.novedades import Que
from comercio.busqueda.tareas import emparejar_novedades, olvidar_vacias
from comercio.catalogo.esquemas import ProductoCambios
from comercio.catalogo.modelos import Producto
from comercio.catalogo.publicar import editar_producto
from nucleo.bd import transaccion
from nucleo.dinero import bs
from nucleo.eventos import entregar_pendientes
from tests.comercio.conftest import Mercado


def cambiar(mercado: Mercado, producto: Producto, **campos: Any) -> None:
    with transaccion() as sesion:
        version = sesion.get_one(Producto, producto.id).version
        cambios = ProductoCambios.model_validate(campos)
        editar_producto(sesion, mercado.actor_vendedor, producto.id, version, cambios)


def avisos(sesion: Session) -> list[tuple[str, str]]:
    """What was told, once everybody heard what happened."""
    entregar_pendientes()
    emparejar_novedades()
    enviar.enviar_pendientes()
    consulta = select(Notificacion).where(Notificacion.clase == "alertas.hallazgo")
    filas = sesion.exec(consulta.order_by(col(Notificacion.creado_en), col(Notificacion.id)))
    return [(a.asunto, a.cuerpo.split("\n")[0].replace("\u00a0", " ")) for a in filas]


def test_avisa_cuando_hay_otra_vez_y_cuando_baja(sesion: Session, mercado: Mercado, sesion_web: Any) -> None:
    manta = mercado.publicar("Manta", precio="100.00", existencia=0)
    ana = sesion_web(mercado.comprador)
    assert "Avisarme cuando haya" in ana.get(f"/productos/{manta.id}", follow_redirects=True).text
    pedido = ana.get(novedades.enlace_de_novedades(manta.id, se_vende=False)).text
    assert "Manta, cuando haya otra vez" in pedido
    with transaccion() as propia:
        for que, hasta in ((Que.HAY, None), (Que.BAJO, bs("80.00"))):
            criterios = novedades.Criterios(producto_id=manta.id, que=que, hasta=hasta)
            crear_alerta(propia, mercado.actor, novedades.CODIGO, criterios)
        crear_alerta(propia, mercado.actor, alertas.CODIGO, alertas.Criterios(q="manta", hasta=bs("85.00")))
    assert avisos(sesion) == []
    cambiar(mercado, manta, precio=bs("90.00"))
    assert avisos(sesion) == []
    cambiar(mercado, manta, existencia=3)
    esperados = [("Hay novedad: Manta", "Otra vez disponible: Bs 90,00 · Tejidos de Prueba")]
    assert avisos(sesion) == esperados
    for existencia in (0, 2):  # the same day, at the same price: no news
        cambiar(mercado, manta, existencia=existencia)
    assert avisos(sesion) == esperados
    cambiar(mercado, manta, precio=bs("80.00"))
    esperados.append(("Hay novedad: Manta", "Bajó a Bs 80,00 · Tejidos de Prueba"))
    assert avisos(sesion) == esperados  # not again by the list that it is in now
    cambiar(mercado, manta, precio=bs("75.00"))
    esperados.append(("Hay novedad: Manta", "Bajó a Bs 75,00 · Tejidos de Prueba"))
    assert avisos(sesion) == esperados
    assert "Avisarme si baja de precio" in ana.get(f"/productos/{manta.id}", follow_redirects=True).text


def test_lo_que_ya_no_es_asi_no_se_avisa(sesion: Session, mercado: Mercado) -> None:
    manta = mercado.publicar("Manta", precio="100.00", existencia=0)
    with transaccion() as propia:
        for que in Que:
            crear_alerta(
                propia, mercado.actor, novedades.CODIGO, novedades.Criterios(producto_id=manta.id, que=que)
            )
    cambiar(mercado, manta, existencia=1)
    cambiar(mercado, manta, existencia=0)
    cambiar(mercado, manta, precio=bs("50.00"))
    cambiar(mercado, manta, precio=bs("120.00"))
    cambiar(mercado, manta, estado="pausado")
    assert avisos(sesion) == []


def test_lo_que_nadie_ofrece_se_cuenta_sin_decir_de_quien(
    mercado: Mercado, sesion_web: Any, leer: Any
) -> None:
    """Shown when it was asked three times. Numbers of people, and what was narrowed, are not kept."""
    mercado.publicar("Manta")
    ana, tomasa = sesion_web(mercado.comprador), sesion_web(mercado.vendedor)
    for pedido in ("Cuerno de UNICORNIO", "cuerno  de unicornio", "manta", "4567890 LP"):
        assert ana.get("/tienda", params={"q": pedido}).status_code == 200
    ana.get("/tienda", params={"q": "dragón", "departamento": "02"})
    contado = "SELECT palabras, veces FROM comercio_busqueda_vacia ORDER BY palabras"
    assert leer(contado) == [("cuerno de unicornio", 2)]
    pagina = "/vender/busquedas-sin-resultado"
    assert "unicornio" not in tomasa.get(pagina).text
    ana.get("/tienda", params={"q": "cuerno de unicornio"})
    assert "cuerno de unicornio" in tomasa.get(pagina).text
    mercado.reloj.adelantar(timedelta(days=31))
    assert olvidar_vacias() == 1
    assert leer(contado) == []
