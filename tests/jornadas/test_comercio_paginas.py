"""Every page of the room as its people see it in the demonstration, on a telephone and on a desk: axe, what
is pressed big enough for a finger, nothing wider than the screen, 60 KB and ten requests without photos.

Each page is loaded once and read at both widths. A new one that is not here fails.
"""

import json
import re
from collections.abc import Callable
from typing import Any

import pytest

from comercio.tienda.compartir import direccion
from nucleo.ids import id_demo
from tests.ayudas.navegador import (
    blancos_chicos,
    controles_bajos,
    desborde,
    faltas_de_axe,
    ingresar,
    pesar,
)
from tests.ayudas.rutas import rutas
from tests.ayudas.viva import PlataformaViva
from tests.jornadas.ayudas import correr

pytestmark = [pytest.mark.lento, pytest.mark.navegador]
BYTES_MAXIMOS, PEDIDOS_MAXIMOS = 60_000, 10
TELEFONO, ESCRITORIO = 360, 1280

# Who looks, and at what; in braces, what of the demonstration it is about (`cosas`).
PAGINAS: dict[str, tuple[str, ...]] = {
    "": (
        "/tienda",
        "/tienda?q=chompa&hasta=400",
        "/tienda?q=marciano",
        "/tienda/reglas",
        "/productos/{chompa}",
        "/productos/{abarcas}/{abarcas_en_palabras}",
        "/opiniones/{opinado}",
        "/preguntas/{poncho}",
        "/reputacion/{tejidos}",
        "/carrito",
        "/verificar-busqueda",
        "/verificar-busqueda?huella={huella}",
    ),
    "Ana": (
        "/pedidos",
        "/pedidos?ver=en-curso",
        "/pedidos/{encargo}",
        "/pedidos/{encargo}/mensajes",
        "/pedidos/{encargo}/acuerdos",
        "/pedidos/{cumplido}",
        "/pedidos/{cumplido}/opiniones",
        "/pedidos/{cumplido}/otra-vez",
        "/compras-hechas/{de_dos}",
        "/reclamos-de-compra/{descosidas}",
        "/productos/{chompa}/denunciar",
        "/mis-favoritos",
        "/mis-direcciones",
    ),
    "Luis": (
        "/pedidos/{con_cita}/cita",
        "/pagar-compra/{codigo}",
        "/reclamos-de-compra/{de_vuelta}",
        "/regalos",
    ),
    "Paula": (
        "/compras-por-pagar/{por_pagar}",
        "/pedidos/{con_tarjeta}",
        "/pedidos/{con_tarjeta}/regalo",
        "/pedidos/{con_tarjeta}/banco",
    ),
    "Teodora": (
        "/pedidos/{recibido}/reclamar",
        "/vender",
        "/vender/productos",
        "/vender/productos/nuevo",
        "/vender/productos/{chompa}",
        "/vender/productos/{pollera}/variantes/nueva",
        "/vender/productos/{pollera}/variantes/{pollera_roja}",
        "/vender/productos/{devuelto}/intervencion",
        "/vender/productos-por-archivo",
        "/vender/pedidos/{encargo}",
        "/vender/pedidos/{encargo}/mensajes",
        "/vender/pedidos/{encargo}/nota",
        "/vender/pedidos/{de_entidad}/pago-de-entidad",
        "/pedidos/{con_cita}/cita",
        "/pedidos/{encargo}/acuerdos",
        "/vender/preparar",
        "/vender/agenda?unidad={tarabuco}",
        "/vender/agendas/nueva?unidad={tarabuco}",
        "/vender/agendas/{agenda}",
        "/vender/busquedas-sin-resultado",
        "/vender/deudas",
        "/vender/dinero",
        "/vender/entregas",
        "/vender/existencias",
        "/vender/lugares",
        "/vender/ofertas-sostenidas",
        "/vender/opiniones?ver=todas",
        "/vender/precios",
        "/vender/precios?como=subir_porcentaje&cuanto=5",
        "/vender/preguntas?ver=todas",
        "/vender/promociones",
        "/vender/requisitos",
        "/vender/sistemas",
        "/vender/vacaciones",
        "/vender/ventas",
    ),
    "Quintina": (
        "/vender/productos-por-archivo/{carga}",
        "/pedidos/{con_tarjeta}/banco",
    ),
    "Mario": (
        "/carrito",
        "/comprar",
        "/reclamos-de-compra/{descosidas}",
        "/reclamos-de-compra/{de_vuelta}",
    ),
    "Alberto": (
        "/busquedas-congeladas",
        "/busquedas-congeladas/nueva?q=chompa",
        "/busquedas-congeladas/{congelada}",
        "/ofertas-sostenidas",
        "/productos/{chompa}/sostener",
    ),
    "Rosa": (
        "/regulador/productos",
        "/regulador/productos/{devuelto}",
        "/regulador/opiniones?ver=ocultas",
        "/regulador/opiniones/{oculta}",
        "/regulador/reclamos-de-compra",
        "/reclamos-de-compra/{mediado}",
        "/reclamos-de-compra/{descosidas}",
        "/reclamos-de-compra/{descosidas}/mensajes",
        "/regulador/entidades-que-deben",
        "/regulador/reglas-de-vendedor",
    ),
}

# What is no page: a file, a picture, or what search engines read.
NO_SON_PAGINAS = {
    "/pedidos/{pedido_id}/mensajes/{mensaje_id}/archivo",
    "/reclamos-de-compra/{reclamo_id}/pruebas/{archivo_id}",
}
ARCHIVOS = (".csv", ".json", ".pdf", ".xlsx", ".xml")


def test_ninguna_pagina_falta(aplicacion: Any) -> None:
    reales = {
        ruta
        for metodo, ruta, r in rutas(aplicacion)
        if metodo == "GET"
        and not ruta.startswith("/api/")
        and r.endpoint.__module__.startswith("comercio.")
        and not ruta.endswith(ARCHIVOS)
    }
    vistas = {_ruta_de(direccion, reales) for suyas in PAGINAS.values() for direccion in suyas}
    assert sorted(vistas) == sorted(reales - NO_SON_PAGINAS)


def _ruta_de(direccion: str, reales: set[str]) -> str:
    """The route that an address is of: of those that take it, the one that says most of it."""
    aqui = re.sub(r"\{[^}]*\}", "x", direccion.partition("?")[0])
    suyas = [r for r in reales if re.fullmatch(re.sub(r"\{[^}]*\}", "[^/]+", r), aqui)]
    return min(suyas, key=lambda r: r.count("{"), default=aqui)


# What nobody of the demonstration did: a present that a card paid and its bank claims, a purchase that waits
# for who reads its code, a cart with things of two sellers, a file of products with good and bad lines.
_PREPARAR = """
import json
from comercio import Entrega, SolicitudCompra, comprar_con_tarjeta, pedidos_de_compra
from comercio.cargas.columnas import COLUMNAS, EJEMPLO
from comercio.cargas.leer import leer_archivo
from comercio.carrito.llenar import Titular, agregar
from comercio.compra.esquemas import Regalo
from comercio.por_pagar.comprar import comprar_con_qr
from comercio.regalos.seguir import nombrar_destinatario
from demostracion.capitulos.tarjetas import pagar_en_la_pasarela, reclama_el_banco
from demostracion.elenco import actor, id_de_persona, id_de_unidad, persona
from nucleo.archivos import Recibido
from nucleo.bd import transaccion
from nucleo.ids import id_demo, nuevo_id
from plataforma.habitaciones import modulos

modulos("manejadores")
PAGO = "las paginas de la tienda"
con_tarjeta = id_demo(f"pago_con_tarjeta:{PAGO}")


def pedida(id, sku, cuantos, **campos):
    return SolicitudCompra(
        id=id,
        entrega=Entrega(
            destinatario="Paula Prueba",
            telefono="70000010",
            municipio_ine="020101",
            referencia="A media cuadra de la plaza, puerta de madera",
        ),
        lineas=((id_demo(f"variante:{sku}"), cuantos),),
        **campos,
    )


with transaccion() as sesion:
    regalo = Regalo(mensaje="Para que desayunen bien")
    comprar_con_tarjeta(sesion, actor(sesion, "papeleria"), pedida(con_tarjeta, "QUI-05", 3, regalo=regalo))
pagar_en_la_pasarela(con_tarjeta)
with transaccion() as sesion:
    reclama_el_banco(sesion, PAGO)
with transaccion() as sesion:
    (pedido,) = pedidos_de_compra(sesion, con_tarjeta)
    nombrar_destinatario(sesion, actor(sesion, "papeleria"), pedido.id, persona(sesion, "luis").celular)
# Each act is a transaction of its own, as those of people: the platform works meanwhile.
with transaccion() as sesion:
    de_mario = Titular(persona_id=id_de_persona("madera"))
    agregar(sesion, de_mario, id_demo("variante:TEJ-01"), 1)
    agregar(sesion, de_mario, id_demo("variante:QUI-05"), 2)
with transaccion() as sesion:
    espera = comprar_con_qr(sesion, actor(sesion, "papeleria"), pedida(nuevo_id(), "QUI-06", 1))
with transaccion() as sesion:
    malas = (("QU 1", "", "", "no-hay", "", "", "veinte", "", "", "", "", "", "", ""),)
    filas = [";".join(fila) for fila in (COLUMNAS, *EJEMPLO, *malas)]
    archivo = Recibido.de_bytes("\\n".join(filas).encode(), "productos.csv")
    carga = leer_archivo(sesion, actor(sesion, "quinua"), id_de_unidad("quinua"), archivo)
    cosas = {"por_pagar": espera.compra_id, "codigo": espera.codigo, "carga": carga.id}
    cosas["con_tarjeta"] = pedido.id
print(json.dumps({nombre: str(cosa) for nombre, cosa in cosas.items()}))
"""
# What Rosa has to see begins when nobody else looks any more: Ana asks her to decide.
_A_LA_AUTORIDAD = """
import sys
from uuid import UUID
from comercio.reclamos import pedir_mediacion
from demostracion.elenco import actor
from nucleo.bd import transaccion
from plataforma.habitaciones import modulos

modulos("manejadores")
with transaccion() as sesion:
    texto = "Otras iguales no me sirven: se descosieron en la primera salida."
    pedir_mediacion(sesion, actor(sesion, "ana"), UUID(sys.argv[1]), texto)
"""
_PEDIDO = "SELECT id FROM comercio_pedido WHERE compra_id = %s ORDER BY numero LIMIT 1"
_RECLAMO = (
    "SELECT r.id FROM comercio_reclamo r JOIN comercio_pedido p ON p.id = r.pedido_id WHERE p.compra_id = %s"
)
_RECLAMADO = (
    "SELECT 1 FROM pagos_disputa d JOIN comercio_pedido p ON p.compra_id = d.intento_id WHERE p.id = %s"
)


@pytest.fixture(scope="module")
def cosas(plataforma_viva: PlataformaViva) -> dict[str, str]:
    """What the pages are about: its id by its name here."""
    viva = plataforma_viva

    def uno(sql: str, de: str) -> str:
        ((valor,),) = viva.en_la_base(sql, id_demo(de))
        return str(valor)

    hechas = json.loads(correr(viva, _PREPARAR).splitlines()[-1])
    viva.esperar(lambda: bool(viva.en_la_base(_RECLAMADO, hechas["con_tarjeta"])))
    abarcas = uno("SELECT titulo FROM comercio_producto WHERE id = %s", "producto:CUE-05")
    fijos = {
        "chompa": "producto:TEJ-01",
        "abarcas": "producto:CUE-05",
        "poncho": "producto:TEJ-03",
        "opinado": "producto:PAP-04",
        "devuelto": "producto:TAR-05",
        "pollera": "producto:TAR-06",
        "pollera_roja": "variante:TAR-06",
        "tejidos": "unidad:tejidos",
        "tarabuco": "unidad:tarabuco",
        "agenda": "agenda:tarabuco",
        "congelada": "trato:busqueda",
        "de_dos": "compra:ana:0.2",
    }
    pedidos = {
        "encargo": "ana:1.2",
        "cumplido": "ana:21",
        "con_cita": "luis:0.7",
        "recibido": "tejidos:7",
        "de_entidad": "alcaldia:19.5",
    }
    return {
        **{nombre: str(id_demo(de)) for nombre, de in fijos.items()},
        **{nombre: uno(_PEDIDO, f"compra:{de}") for nombre, de in pedidos.items()},
        "abarcas_en_palabras": direccion(id_demo("producto:CUE-05"), abarcas).rpartition("/")[2],
        "descosidas": uno(_RECLAMO, "compra:ana:7.5"),
        "de_vuelta": uno(_RECLAMO, "compra:luis:7.4"),
        "mediado": uno(_RECLAMO, "compra:ana:33"),
        "huella": uno("SELECT huella FROM comercio_busqueda_congelada WHERE id = %s", "trato:busqueda"),
        "oculta": uno("SELECT id FROM comercio_opinion WHERE producto_id = %s", "producto:CAF-06"),
        **hechas,
    }


@pytest.mark.parametrize("quien", list(PAGINAS))
def test_sus_paginas(
    plataforma_viva: PlataformaViva, nueva_pagina: Callable[..., Any], cosas: dict[str, str], quien: str
) -> None:
    url = plataforma_viva.url
    pagina = nueva_pagina(TELEFONO, reduced_motion="reduce", service_workers="block")
    if quien:
        ingresar(pagina, url, f"{quien} Prueba")
    if quien == "Rosa":
        correr(plataforma_viva, _A_LA_AUTORIDAD, cosas["descosidas"])
    mal = []
    for escrita in PAGINAS[quien]:
        direccion = escrita.format_map(cosas)
        pagina.set_viewport_size({"width": TELEFONO, "height": 800})
        respuesta = pagina.goto(url + direccion)
        peso = pesar(pagina)
        visto: dict[str, Any] = {
            "estado": respuesta.status if respuesta.status != 200 else 0,
            "llevó a": pagina.url.removeprefix(url) if pagina.url != url + direccion else "",
            "bytes": peso.bytes if peso.bytes > BYTES_MAXIMOS else 0,
            "pedidos": peso.pedidos if peso.pedidos > PEDIDOS_MAXIMOS else 0,
            "chicos": blancos_chicos(pagina) + controles_bajos(pagina),
        }
        for ancho in (TELEFONO, ESCRITORIO):
            pagina.set_viewport_size({"width": ancho, "height": 800})
            visto |= {f"axe a {ancho}": faltas_de_axe(pagina), f"se desborda a {ancho}": desborde(pagina)}
        if any(visto.values()):
            mal.append((escrita, {que: dicho for que, dicho in visto.items() if dicho}))
    assert mal == []
