"""Rules for sellers: dated rows that show what is missing, and stop only if somebody read their norm."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError

from comercio.requisitos.clases import ClaseDeVendedor, QueSeVende
from comercio.requisitos.disponer import disponer
from comercio.requisitos.errores import ReglaQueNoSigue, RequisitoIncumplido
from comercio.requisitos.esquemas import ReglaNueva
from comercio.requisitos.juzgar import juicios_de, reglas_vigentes
from empresa_digital.registro import SinFacultad, unidad_por_id
from nucleo.actor import Actor
from nucleo.bd import transaccion
from nucleo.dinero import bs
from nucleo.errores import DatosInvalidos
from nucleo.reloj import ahora, fecha_bolivia
from tests.comercio.conftest import Mercado

Leer = Callable[..., list[tuple[Any, ...]]]


@pytest.fixture
def autoridad(
    crear_persona: Callable[..., Any], crear_unidad: Callable[..., Any], actor_de: Callable[..., Actor]
) -> Any:
    rita = crear_persona("Rita")
    crear_unidad(
        "Autoridad de Prueba",
        tipo="ENTIDAD_PUBLICA",
        representante=rita,
        facultades=["ADMINISTRAR", "REGULAR"],
        habilitaciones=["AUTORIDAD_REGULADORA"],
    )
    return rita


def _clase(mercado: Mercado) -> ClaseDeVendedor:
    from comercio.requisitos.clases import clase_de

    with transaccion() as sesion:
        clase = clase_de(unidad_por_id(sesion, mercado.unidad.id))
    assert clase is not None
    return clase


def _regla(mercado: Mercado, desde: date, **mas: Any) -> ReglaNueva:
    datos = {
        "clase": _clase(mercado),
        "que": QueSeVende.BIENES,
        "que_se_pide": "Algo",
        "norma": "Norma leída",
        "vigente_desde": desde.isoformat(),
    }
    return ReglaNueva.model_validate(datos | mas)


def test_cada_clase_tiene_su_regla_y_ninguna_esta_confirmada(mercado: Mercado) -> None:
    with transaccion() as sesion:
        reglas = reglas_vigentes(sesion)
        assert {(r.clase, r.que) for r in reglas} == {(c, q) for c in ClaseDeVendedor for q in QueSeVende}
        assert not any(r.confirmado for r in reglas)


def test_lo_que_falta_se_muestra_y_no_impide_hasta_que_se_confirma(
    mercado: Mercado,
    autoridad: Any,
    actor_de: Callable[..., Actor],
    leer: Leer,
    reloj: Any,
    sesion_web: Callable[..., Any],
) -> None:
    rita = actor_de(autoridad)
    manana = fecha_bolivia(ahora()) + timedelta(days=1)
    pide = _regla(mercado, manana, documentos=["BO-COA"], tope_anual=bs("100.00"))
    with transaccion() as sesion:
        disponer(sesion, rita, pide)
    reloj.adelantar(timedelta(days=1))
    chompa = mercado.publicar("Chompa", precio="60.00")
    assert leer(
        "SELECT faltaban, vendido_centavos FROM comercio_requisito_visto WHERE producto_id = :id",
        id=chompa.id,
    ) == [(["BO-COA"], 0)]
    mercado.pedido((chompa, 2))
    with transaccion() as sesion:
        (juicio,) = juicios_de(sesion, unidad_por_id(sesion, mercado.unidad.id), QueSeVende.BIENES)
        assert (juicio.faltan, juicio.vendido, juicio.excede) == (("BO-COA",), bs("120.00"), True)
        assert (juicio.cumple, juicio.impide) == (False, False)
    pagina = sesion_web(mercado.vendedor).get("/vender/requisitos").text
    assert "Código de organización administradora" in pagina
    assert "Le falta" in pagina

    with transaccion() as sesion:
        disponer(
            sesion,
            rita,
            _regla(mercado, manana + timedelta(days=1), documentos=["BO-COA"], confirmado=True),
        )
    mercado.publicar("Poncho")  # it begins tomorrow
    reloj.adelantar(timedelta(days=1))
    with pytest.raises(RequisitoIncumplido, match="Código de organización administradora"):
        mercado.publicar("Manta")
    mercado.publicar("Manta", publicar=False)
    assert leer("SELECT count(*) FROM comercio_producto WHERE titulo = 'Manta'") == [(1,)]


def test_una_regla_no_se_corrige_y_la_dispone_la_autoridad(
    mercado: Mercado, autoridad: Any, actor_de: Callable[..., Actor], bd: Engine, duenio: Engine, leer: Leer
) -> None:
    rita, hoy = actor_de(autoridad), fecha_bolivia(ahora())
    with transaccion() as sesion, pytest.raises(SinFacultad):
        disponer(sesion, mercado.actor_vendedor, _regla(mercado, hoy + timedelta(days=1)))
    with transaccion() as sesion, pytest.raises(ReglaQueNoSigue):
        disponer(sesion, rita, _regla(mercado, hoy))
    with transaccion() as sesion, pytest.raises(DatosInvalidos):
        disponer(sesion, rita, _regla(mercado, hoy + timedelta(days=1), documentos=["BO-NADA"]))
    assert leer("SELECT count(*) FROM comercio_regla_de_vendedor WHERE dispuso <> ''") == [(0,)]
    with transaccion() as sesion:
        disponer(sesion, rita, _regla(mercado, hoy + timedelta(days=5)))
    with transaccion() as sesion, pytest.raises(ReglaQueNoSigue):
        disponer(sesion, rita, _regla(mercado, hoy + timedelta(days=5)))
    assert leer(
        "SELECT vigente_desde, vigente_hasta FROM comercio_regla_de_vendedor"
        " WHERE clase = :c AND que = 'bienes' ORDER BY 1",
        c=str(_clase(mercado)),
    ) == [(date(2017, 1, 1), hoy + timedelta(days=5)), (hoy + timedelta(days=5), None)]
    for motor in (bd, duenio):
        for cambio in ("confirmado = true", "vigente_hasta = '2100-01-01'"):
            with pytest.raises(DBAPIError), motor.begin() as conexion:
                conexion.execute(
                    text(f"UPDATE comercio_regla_de_vendedor SET {cambio} WHERE vigente_hasta IS NOT NULL")
                )


def test_la_autoridad_dispone_por_su_pagina(
    mercado: Mercado, autoridad: Any, sesion_web: Callable[..., Any], leer: Leer
) -> None:
    from nucleo.ids import nuevo_id

    pagina = sesion_web(autoridad)
    assert "Persona por su cuenta" in pagina.get("/regulador/reglas-de-vendedor").text
    assert sesion_web(mercado.vendedor).get("/regulador/reglas-de-vendedor").status_code == 403
    datos = {
        "_id": str(nuevo_id()),
        "clase": "individual",
        "que": "servicios",
        "permite": "true",
        "tope_anual": "50.000",
        "piden.0.codigo": "BO-NIT",
        "piden.2.codigo": "BO-COOP",
        "que_se_pide": "NIT",
        "norma": "Norma de prueba",
        "vigente_desde": (fecha_bolivia(ahora()) + timedelta(days=3)).isoformat(),
    }
    for mal, dice in (
        ({"tope_anual": "0"}, "Escriba un monto mayor que cero."),
        ({"vigente_desde": "2500-01-01"}, "2500-01-01"),
    ):
        negada = pagina.post("/regulador/reglas-de-vendedor", data=datos | mal)
        (campo,) = mal
        assert (negada.status_code, f'href="#{campo}"' in negada.text) == (422, True)
        assert dice in negada.text
        assert "Norma de prueba" in negada.text
        assert negada.text.count('value="BO-COOP" checked') == 1
    ajeno = pagina.post("/regulador/reglas-de-vendedor", data=datos | {"piden.0.codigo": "BO-NADA"})
    assert (ajeno.status_code, "El registro no tiene ese documento: BO-NADA." in ajeno.text) == (422, True)
    for _vez in range(2):
        assert pagina.post("/regulador/reglas-de-vendedor", data=datos).status_code == 303
    assert leer(
        "SELECT tope_anual, documentos, confirmado FROM comercio_regla_de_vendedor WHERE dispuso <> ''"
    ) == [(5_000_000, ["BO-NIT", "BO-COOP"], False)]
    dispuesta = pagina.get("/regulador/reglas-de-vendedor").text
    assert "NIT, Registro estatal de cooperativas (AFCOOP)" in dispuesta
