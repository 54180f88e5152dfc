"""A bid filled from what its unit has on sale: which products answer, and what the form then says."""

from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlmodel import Session, select

from comercio.catalogo import ProductoNuevo, crear_producto
from comercio.catalogo.opciones import opciones_de
from comercio.catalogo.variantes import fijar_escala
from empresa_digital.registro import Facultad, Habilitacion, unidad_por_id
from feria_inversa.ofertas.catalogo import sugeridas
from feria_inversa.ofertas.modelos import Oferta
from feria_inversa.procesos import items_de
from nucleo.bd import transaccion
from nucleo.dinero import bs
from tests.ayudas.formularios import como_se_pinta
from tests.feria_inversa.conftest import Feria, Parte, item

ITEMS = [
    item("Chompa de alpaca talla M", "40", "120.00", unidad="unidad"),
    item("Lana de alpaca hilada", "12", "90.00", unidad="kilogramo"),
    item("Pizarra acrílica", "6", "780.50"),
]


def _en_venta(parte: Parte, titulo: str, precio: str, **campos: Any) -> UUID:
    datos = {
        "unidad_id": parte.id,
        "titulo": titulo,
        "descripcion": "Tejida a mano.\nCon fibra de Challapata.",
        "categoria": "alpaca-y-llama",
        "precio": bs(precio),
        "existencia": 10,
        "peso_g": 400,
        "publicar": True,
    }
    with transaccion() as sesion:
        return crear_producto(sesion, parte.actor, ProductoNuevo.model_validate(datos | campos)).id


def _tejedoras(feria: Feria) -> Parte:
    return feria.crear_parte(
        "Tejedoras Challapata",
        facultades=(Facultad.OFERTAR, Facultad.VENDER),
        habilitaciones=(Habilitacion.PROVEEDOR_DEL_ESTADO, Habilitacion.VENDEDOR),
    )


def _rival(feria: Feria) -> Parte:
    return feria.crear_parte("Rival", facultades=(Facultad.VENDER,), habilitaciones=(Habilitacion.VENDEDOR,))


def test_cada_item_trae_lo_que_le_responde(feria: Feria, sesion: Session) -> None:
    """By the words of its title; at the price of so many, if it is sold by the same unit."""
    tejedoras, otra = _tejedoras(feria), _rival(feria)
    chompa = _en_venta(tejedoras, "Chompa de alpaca", "110.00", origen="BO")
    with transaccion() as sesion_:
        (opcion,) = opciones_de(sesion_, chompa)
        fijar_escala(sesion_, opcion.variante, [(Decimal(20), bs("95.50")), (Decimal(50), bs("80.00"))])
    lana = _en_venta(tejedoras, "Lana de alpaca", "60.00")
    _en_venta(tejedoras, "Gorro de llama", "30.00")
    _en_venta(otra, "Chompa de alpaca", "1.00")
    id_ = feria.publicada(items=ITEMS).id
    halladas = sugeridas(sesion, unidad_por_id(sesion, tejedoras.id), items_de(sesion, id_))
    assert {n: [s.producto.id for s in suyas] for n, suyas in halladas.items()} == {1: [chompa], 2: [lana]}
    (una,), (por_pieza,) = halladas[1], halladas[2]
    assert una.producto.precio == bs("95.50")
    assert (una.precio_unitario, una.marca) == ("95,5", "Tejedoras Challapata. Hecho en Bolivia")
    assert una.detalle.startswith("Chompa de alpaca. Tejida a mano. Con fibra de Challapata. Ficha y fotos: ")
    assert una.detalle.endswith(f"/productos/{chompa}")
    assert (por_pieza.precio_unitario, por_pieza.marca) == ("", "Tejedoras Challapata")


def test_un_boton_llena_el_item_y_se_confirma(feria: Feria, sesion: Session, sesion_web: Any) -> None:
    """What was typed elsewhere stays; nothing is presented before it is looked at."""
    tejedoras = _tejedoras(feria)
    chompa = _en_venta(tejedoras, "Chompa de alpaca", "110.00", origen="BO")
    ajena = _en_venta(_rival(feria), "Chompa de alpaca", "1.00")
    id_ = feria.publicada(items=ITEMS).id
    ruta = f"/feria/{id_}/ofertar"
    quien = sesion_web(tejedoras.persona)
    pagina = quien.get(ruta).text
    assert f'value="1:{chompa}"' in pagina
    pintado = {n: v for n, v in como_se_pinta(pagina, ruta).items() if n not in {"llenar", "presentar"}}
    escrito = pintado | {"lineas.3.precio_unitario": "700", "lineas.3.marca": "Artesanal"}
    for no_es in (f"1:{ajena}", f"9:{chompa}", "x", ":", f"99999999:{chompa}"):
        igual = como_se_pinta(quien.post(ruta, data=escrito | {"llenar": no_es}).text, ruta)
        assert (igual["lineas.1.precio_unitario"], igual["lineas.3.precio_unitario"]) == ("", "700")
    lleno = como_se_pinta(quien.post(ruta, data=escrito | {"llenar": f"1:{chompa}"}).text, ruta)
    assert (lleno["lineas.1.precio_unitario"], lleno["lineas.3.precio_unitario"]) == ("110", "700")
    assert lleno["lineas.1.marca"] == "Tejedoras Challapata. Hecho en Bolivia"
    assert sesion.exec(select(Oferta)).all() == []
    revisar = quien.post(ruta, data=lleno)
    assert (revisar.status_code, "Bs\u00a04.400,00" in revisar.text) == (200, True)
    hecha = quien.post(ruta, data=como_se_pinta(revisar.text, ruta) | {"presentar": "1"})
    assert (hecha.status_code, hecha.headers["location"].startswith("/ofertas/")) == (303, True)
    assert sesion.exec(select(Oferta)).one().cantidad_lineas == 2


def test_sin_nada_a_la_venta_no_hay_que_llenar(feria: Feria, sesion_web: Any) -> None:
    id_ = feria.publicada(items=ITEMS).id
    assert 'name="llenar"' not in sesion_web(feria.ana.persona).get(f"/feria/{id_}/ofertar").text
