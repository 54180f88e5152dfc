"""Who sells is told of what is planned: when a plan is published, and of what each version adds."""

from collections import Counter
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import Engine, text
from sqlmodel import Session, col, select

from alertas import enviar
from alertas.guardar import crear_alerta
from alertas.modelos import Alerta, Coincidencia
from ciudadania.modelos import Notificacion
from feria_inversa.plan.alertas import CODIGO, Criterios, criterios_de
from feria_inversa.plan.buscar import Filtro, buscar_lineas
from feria_inversa.plan.esquemas import Cambio
from feria_inversa.plan.planificar import publicar_plan
from nucleo.bd import transaccion
from nucleo.eventos import entregar_pendientes
from nucleo.paginacion import CursorPedido
from tests.feria_inversa.conftest import Feria
from tests.feria_inversa.plan.ayudas import EN_MARZO, OBRA, borrador, cambia, entrada, lineas, publicado

DE_UYUNI = {"municipio_ine": "051201"}


@pytest.fixture(autouse=True)
def en_marzo(reloj: Any) -> None:
    reloj.situar(EN_MARZO)


def _pide(feria: Feria, **criterios: Any) -> None:
    with transaccion() as sesion:
        nombre = " ".join(f"{clave}={valor}" for clave, valor in criterios.items()) or "todo"
        crear_alerta(sesion, feria.ana.actor, CODIGO, Criterios(**criterios), nombre=nombre)


def _halladas() -> dict[str, list[int]]:
    """The numbers of the lines that each alert found."""
    entregar_pendientes()
    with transaccion() as sesion:
        filas = sesion.connection().execute(
            text(
                "SELECT a.nombre, array_agg(l.numero ORDER BY l.numero) AS numeros"
                " FROM alertas_coincidencia c JOIN alertas_alerta a ON a.id = c.alerta_id"
                " JOIN feria_plan_linea l ON l.id = c.objeto_id"
                " GROUP BY a.nombre"
            )
        )
        return {fila.nombre: fila.numeros for fila in filas}


def _avisos(sesion: Session) -> Counter[str]:
    sesion.rollback()
    clase = Notificacion.clase == "alertas.hallazgo"
    return Counter(sesion.exec(select(Notificacion.asunto).where(clase)))


def test_lo_que_se_publica_y_lo_que_cada_version_anade(feria: Feria, sesion: Session, duenio: Engine) -> None:
    for criterios in (
        {},
        {"q": "pupitres", "familia": "5612"},
        {"familia": "7210"},
        {"departamento": "05"},
        {"categoria": "obras", "modalidad": "ANPP"},
        {"entidad": feria.ana.id},
    ):
        _pide(feria, **criterios)
    de_antes = entrada(mes=2, objeto="Lo que ya debió publicarse")
    plan_id = borrador(feria, lineas=[entrada(), OBRA, de_antes])
    assert _halladas() == {}
    publicado(feria, 2029, [entrada(**DE_UYUNI)])
    assert _halladas() == {
        "todo": [1],
        "q=pupitres familia=5612": [1],
        "departamento=05": [1],
    }
    with transaccion() as otra:
        publicar_plan(otra, feria.entidad.actor, plan_id)
    assert _halladas() == {
        "todo": [1, 1, 2],
        "q=pupitres familia=5612": [1, 1],
        "departamento=05": [1],
        "categoria=obras modalidad=ANPP": [2],
    }
    enviar.enviar_pendientes()
    dichos = _avisos(sesion)
    assert set(dichos) == {
        "Hay novedad: Pupitres para la unidad educativa",
        "Hay novedad: Refacción del mercado central",
    }

    limpieza = entrada(objeto="Limpieza de plazas", familia="7210", categoria="servicios")
    cambia(feria, plan_id, Cambio(linea=limpieza), Cambio(numero=1, linea=entrada(mes=9)))
    halladas = _halladas()
    assert (halladas["todo"], halladas["familia=7210"]) == ([1, 1, 2, 4], [4])
    enviar.enviar_pendientes()
    assert _avisos(sesion) - dichos == {"Hay novedad: Limpieza de plazas": 1}  # of two alerts, once

    with duenio.begin() as conexion:
        conexion.execute(text("UPDATE nucleo_entrega SET hecha_en = NULL"))
    assert _halladas() == halladas
    assert enviar.enviar_pendientes() == 0


def test_lo_que_se_quito_antes_de_avisar_no_se_avisa(feria: Feria, sesion: Session) -> None:
    _pide(feria, q="pupitres")
    plan_id = publicado(feria)
    assert _halladas() == {"q=pupitres": [1]}
    cambia(feria, plan_id, Cambio(numero=1))
    assert enviar.enviar_pendientes() == 0
    assert _avisos(sesion) == {}


def test_cada_busqueda_de_la_lista_halla_lo_que_su_alerta(feria: Feria) -> None:
    filtros = {
        "q": Filtro(2028, q="mercado"),
        "departamento": Filtro(2028, departamento="05"),
        "categoria": Filtro(2028, categoria="obras"),
        "modalidad": Filtro(2028, modalidad="CM"),
        "familia": Filtro(2028, familia="5612"),
        "entidad": Filtro(2028, unidad_id=feria.entidad.id),
        "de otra": Filtro(2028, unidad_id=feria.ana.id),
    }
    for nombre, filtro in filtros.items():
        with transaccion() as sesion:
            crear_alerta(sesion, feria.ana.actor, CODIGO, criterios_de(filtro), nombre=nombre)
    publicado(feria, lineas=[entrada(), OBRA, entrada(objeto="Sillas para el mercado", **DE_UYUNI)])
    halladas = _halladas()
    for nombre, filtro in filtros.items():
        with transaccion() as sesion:
            hay = [x.numero for x in buscar_lineas(sesion, filtro, CursorPedido(None, 20))[0]]
        assert sorted(hay) == halladas.get(nombre, []), nombre
    assert len(halladas) == len(filtros) - 1


def test_la_lista_ofrece_avisarme_y_el_aviso_lleva_a_su_linea(
    feria: Feria, sesion_web: Any, cliente: Any
) -> None:
    navegador = sesion_web(feria.ana.persona)
    busca = f"/feria/planes?gestion=2028&q=pupitres&departamento=01&familia=5612&entidad={feria.entidad.id}"
    ruta = navegador.get(busca).text.split('href="/mis-alertas/nueva')[1].split('"')[0].replace("&amp;", "&")
    nueva = navegador.get(f"/mis-alertas/nueva{ruta}").text
    assert "«pupitres», Chuquisaca, «Muebles de escuela» (UNSPSC 5612), Gobierno Municipal Prueba" in nueva
    plan_id = publicado(feria, lineas=[entrada(objeto=f"Lo número {n}") for n in range(1, 41)])
    dice = cliente.get(f"/feria/planes/{plan_id}?linea=40").text
    assert ("40. Lo número 40" in dice, "39. Lo número 39" in dice) == (True, False)
    assert len(lineas(plan_id)) == 40


def test_una_alerta_ajena_no_la_halla_nadie(feria: Feria, sesion: Session) -> None:
    """A draft is its entity's: nothing of it is noted for anybody."""
    _pide(feria)
    plan_id: UUID = borrador(feria)
    cambia(feria, plan_id, Cambio(linea=entrada(objeto="Secreto del borrador")), motivo=None)
    assert _halladas() == {}
    hay = select(Coincidencia).join(Alerta, col(Alerta.id) == col(Coincidencia.alerta_id))
    assert sesion.exec(hay).all() == []
