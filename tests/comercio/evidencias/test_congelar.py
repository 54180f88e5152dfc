"""A search frozen by an entity: what the shop answered, in a document that nobody changes."""

import hashlib
import json
import re
from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session

from comercio.busqueda import Filtros
from comercio.catalogo.esquemas import ProductoCambios
from comercio.catalogo.publicar import editar_producto
from comercio.evidencias.congelar import anotacion_de, congelar
from comercio.evidencias.consultas import congelada_visible, por_huella
from comercio.evidencias.errores import (
    BusquedaNoEncontrada,
    BusquedaRepetida,
    BusquedaSinResultados,
    NoEsResultado,
    SoloEntidades,
)
from comercio.evidencias.modelos import Congelada
from comercio.evidencias.verificar import evidencias
from constancia import hash_de, hashes_que_faltan
from empresa_digital.registro import Facultad, SinFacultad
from nucleo.bd import transaccion
from nucleo.dinero import bs
from nucleo.ids import nuevo_id
from nucleo.reloj import ahora
from tests.ayudas.carreras import cruzar
from tests.comercio.conftest import Mercado
from tests.comercio.entidades import Entidad, dar_mandato

Leer = Callable[..., list[tuple[Any, ...]]]
PARA_QUE = "Uniformes del personal de parques"


def _congelar(entidad: Entidad, filtros: Filtros, producto_id: UUID | None = None, **mas: Any) -> Congelada:
    with transaccion() as sesion:
        return congelar(
            sesion, mas.pop("actor", entidad.actor), entidad.unidad.id, filtros, PARA_QUE, producto_id, **mas
        )


def test_lo_congelado_dice_lo_que_habia_aunque_cambie(mercado: Mercado, entidad: Entidad) -> None:
    chompa = mercado.publicar("Chompa azul", precio="80.00", existencia=7)
    otra = mercado.publicar("Chompa roja", precio="50.50", existencia=3)
    mercado.publicar("Poncho", precio="60.00")
    antes = ahora()
    filtros = Filtros("chompa", departamento=chompa.departamento, precio_max=bs(100), orden="precio_asc")

    fila = _congelar(entidad, filtros, chompa.id)

    with transaccion() as sesion:
        editar_producto(
            sesion, mercado.actor_vendedor, chompa.id, chompa.version, ProductoCambios(titulo="Otra cosa")
        )
    documento = json.loads(fila.documento)
    assert hashlib.sha256(fila.documento.encode()).hexdigest() == fila.huella
    assert fila.documento == json.dumps(documento, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert re.fullmatch(r"B-\d+-\d", fila.numero)
    assert antes <= fila.congelada_en
    assert documento["formato"] == "qhatu-busqueda-congelada-v1"
    assert (documento["numero"], documento["persona"]) == (fila.numero, entidad.persona.nombre_completo)
    assert (documento["mandato"], documento["para_que"]) == (str(entidad.mandato_id), PARA_QUE)
    assert documento["entidad"]["numero"] == entidad.unidad.numero
    assert documento["pedido"] == {
        "palabras": "chompa",
        "categoria": None,
        "departamento": {"codigo": "02", "nombre": "La Paz"},
        "precio_desde": None,
        "precio_hasta": "100.00",
        "vendedor": None,
        "solo_con_existencia": False,
        "atributos": {},
        "origen": None,
        "orden": "precio_asc",
    }
    assert (documento["total"], documento["hay_mas_que_total"], documento["elegido"]) == (
        2,
        False,
        str(chompa.id),
    )
    vendedor = {
        "id": str(mercado.unidad.id),
        "numero": mercado.unidad.numero,
        "nombre": chompa.vendedor_nombre,
    }
    assert documento["resultados"] == [
        {
            "orden": n,
            "producto": str(p.id),
            "titulo": titulo,
            "precio": precio,
            "precio_maximo": precio,
            "unidad_medida": "unidad",
            "disponible": hay,
            "categoria": "alpaca-y-llama",
            "unspsc": "53100000",
            "origen": "",
            "modalidad": "envio",
            "vendedor": vendedor,
            "departamento": "02",
            "lugar": p.lugar,
        }
        for n, p, titulo, precio, hay in (
            (1, otra, "Chompa roja", "50.50", "3"),
            (2, chompa, "Chompa azul", "80.00", "7"),
        )
    ]


def test_nadie_cambia_lo_congelado_y_la_base_comprueba_la_huella(
    mercado: Mercado, entidad: Entidad, bd: Engine, duenio: Engine
) -> None:
    mercado.publicar("Chompa")
    fila = _congelar(entidad, Filtros("chompa"))
    cambiar = text("UPDATE comercio_busqueda_congelada SET para_que = 'Otra' WHERE id = :id")
    borrar = text("DELETE FROM comercio_busqueda_congelada WHERE id = :id")
    for motor in (bd, duenio):
        for orden in (cambiar, borrar):
            with pytest.raises(DBAPIError), motor.begin() as conexion:
                conexion.execute(orden, {"id": fila.id})
    falsa = text(
        "INSERT INTO comercio_busqueda_congelada (id, numero, entidad_id, persona_id, mandato_id, para_que,"
        " documento, huella, congelada_en) SELECT :id, 'B-1-1', entidad_id, persona_id, mandato_id, para_que,"
        " documento || ' ', huella || '', congelada_en FROM comercio_busqueda_congelada"
    )
    with pytest.raises(DBAPIError, match="ck_comercio_busqueda_congelada_huella"), bd.begin() as conexion:
        conexion.execute(falsa, {"id": nuevo_id()})


def test_esta_en_la_constancia_y_verify_lo_compara(mercado: Mercado, entidad: Entidad, bd: Engine) -> None:
    mercado.publicar("Chompa")
    fila = _congelar(entidad, Filtros("chompa"))
    with transaccion() as sesion:
        assert hashes_que_faltan(sesion, [hash_de(*anotacion_de(fila))]) == set()
        assert fila.huella not in anotacion_de(fila)[2]  # by the log nobody opens the document
        assert evidencias(sesion) == []
    with bd.begin() as conexion:
        conexion.execute(text("SELECT constancia_anotar('busqueda_congelada', 'B-9-9', 'x')"))
    with transaccion() as sesion:
        assert evidencias(sesion) == ["constancia: la búsqueda B-9-9|x no existe"]


def test_quien_no_puede_no_congela_y_no_queda_nada(
    mercado: Mercado,
    entidad: Entidad,
    leer: Leer,
    crear_persona: Callable[..., Any],
    actor_de: Callable[..., Any],
) -> None:
    chompa = mercado.publicar("Chompa")
    otro = mercado.publicar("Poncho")
    filtros = Filtros("chompa")
    with pytest.raises(SinFacultad):
        _congelar(entidad, filtros, actor=mercado.actor)
    paga = crear_persona("Pablo")
    dar_mandato(entidad.unidad, paga, Facultad.PAGAR)
    with pytest.raises(SinFacultad):
        _congelar(entidad, filtros, actor=actor_de(paga))
    dar_mandato(mercado.unidad, paga, Facultad.COMPRAR)
    with transaccion() as sesion, pytest.raises(SoloEntidades):
        congelar(sesion, actor_de(paga), mercado.unidad.id, filtros, PARA_QUE)
    with pytest.raises(BusquedaSinResultados):
        _congelar(entidad, Filtros("zzqx"))
    with pytest.raises(NoEsResultado):
        _congelar(entidad, filtros, otro.id)
    assert leer("SELECT count(*) FROM comercio_busqueda_congelada") == [(0,)]
    fila = _congelar(entidad, filtros, chompa.id)
    with transaccion() as sesion:
        assert congelada_visible(sesion, entidad.actor, fila.id).id == fila.id
        with pytest.raises(BusquedaNoEncontrada):
            congelada_visible(sesion, mercado.actor, fila.id)


def test_lo_mismo_dos_veces_es_una(mercado: Mercado, entidad: Entidad, leer: Leer) -> None:
    chompa = mercado.publicar("Chompa")
    id = nuevo_id()

    def hacer(sesion: Session) -> None:
        congelar(sesion, entidad.actor, entidad.unidad.id, Filtros("chompa"), PARA_QUE, chompa.id, id)

    assert cruzar(hacer, hacer) is None
    assert leer("SELECT count(*) FROM comercio_busqueda_congelada") == [(1,)]
    with pytest.raises(BusquedaRepetida):
        _congelar(entidad, Filtros("chompa"), id=id)


def test_las_paginas_de_la_tienda_al_papel(
    mercado: Mercado, entidad: Entidad, sesion_web: Callable[..., Any], cliente: Any, leer: Leer
) -> None:
    chompa = mercado.publicar("Chompa azul", precio="80.00")
    tienda = cliente.get("/tienda?q=chompa&hasta=100").text
    enlace = re.search(r'href="(/busquedas-congeladas/nueva\?[^"]+)"', tienda)
    assert enlace
    assert cliente.get(enlace[1].replace("&amp;", "&")).status_code in (303, 401)
    compradora = sesion_web(entidad.persona)
    nueva = compradora.get(enlace[1].replace("&amp;", "&")).text
    datos = {
        nombre: re.search(rf'name="{nombre}" value="([^"]*)"', nueva)[1].replace("&amp;", "&")  # type: ignore[index]
        for nombre in ("_id", "consulta")
    } | {"unidad_id": str(entidad.unidad.id), "producto_id": str(chompa.id), "para_que": PARA_QUE}
    assert datos["consulta"] == "q=chompa&hasta=100"
    assert compradora.post("/busquedas-congeladas", data=datos | {"para_que": ""}).status_code == 422
    for _vez in range(2):
        respuesta = compradora.post("/busquedas-congeladas", data=datos)
        assert respuesta.status_code == 303
    ((numero, huella, documento),) = leer("SELECT numero, huella, documento FROM comercio_busqueda_congelada")
    pagina = compradora.get(respuesta.headers["location"]).text
    for dice in (numero, huella, "Chompa azul", "El elegido", "Bs 80,00 por unidad", PARA_QUE, "Bs 100,00"):
        assert dice in pagina.replace("\xa0", " ")
    assert numero in compradora.get("/busquedas-congeladas").text
    bajado = compradora.get(respuesta.headers["location"] + ".json")
    assert bajado.content == documento.encode()
    papel = compradora.get(respuesta.headers["location"] + ".pdf")
    assert papel.content.startswith(b"%PDF-")
    assert papel.content == compradora.get(respuesta.headers["location"] + ".pdf").content

    publica = cliente.get("/verificar-busqueda", params={"huella": huella.upper()}).text
    assert "Auténtica" in publica
    assert numero in publica
    assert entidad.persona.nombre_completo not in publica
    otra = cliente.get("/verificar-busqueda", params={"huella": "0" * 64})
    assert (otra.status_code, "el documento cambió, o no es de Qhatu" in otra.text) == (404, True)
    assert sesion_web(mercado.comprador).get(respuesta.headers["location"]).status_code == 404


def test_la_lista_entera_no_pasa_de_cien(mercado: Mercado, entidad: Entidad) -> None:
    for n in range(101):
        mercado.publicar(f"Chompa {n}")

    documento = json.loads(_congelar(entidad, Filtros("chompa")).documento)

    assert (documento["total"], len(documento["resultados"])) == (101, 100)
    with transaccion() as sesion:
        assert por_huella(sesion, f" {_congelar(entidad, Filtros('chompa')).huella.upper()} ")
