"""Limits by act, day and month: nobody grants more than they have, and page and API say what is left."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import text
from sqlmodel import Session

from empresa_digital.registro import Facultad, NuevoMandato, exigir_facultad, verificar_registro
from empresa_digital.registro.mandatos import aceptar_mandato
from empresa_digital.registro.mandatos.otorgar import otorgar_mandato
from empresa_digital.registro.mandatos.verificar import verificar_uso
from nucleo.bd import transaccion
from nucleo.dinero import bs
from nucleo.errores import DatosInvalidos
from tests.ayudas.personas import nuevo_actor

Crear = Callable[..., Any]


def otorgar(actor: Any, unidad: Any, persona: Any, **campos: Any) -> Any:
    nuevo = NuevoMandato(**{"facultades": (Facultad.PAGAR,), "persona_id": persona.id} | campos)
    with transaccion() as sesion:
        otorgado = otorgar_mandato(sesion, actor, unidad.id, nuevo)
        return aceptar_mandato(sesion, nuevo_actor(persona), otorgado.id)


@pytest.mark.parametrize(
    ("campos", "culpable"),
    [
        ({"limite_dia": bs(0)}, "limite_dia"),
        ({"limite_mes": bs(-1)}, "limite_mes"),
        ({"monto_limite": bs(100), "limite_dia": bs("99.99")}, "limite_dia"),
        ({"limite_dia": bs(100), "limite_mes": bs("99.99")}, "limite_mes"),
        ({"monto_limite": bs(100), "limite_mes": bs("99.99")}, "limite_mes"),
    ],
)
def test_un_limite_mayor_no_cabe_en_uno_menor(
    crear_persona: Crear, actor_de: Crear, crear_unidad: Crear, campos: dict[str, Any], culpable: str
) -> None:
    ana, luis = crear_persona("Ana"), crear_persona("Luis")
    unidad = crear_unidad(representante=ana)
    with pytest.raises(DatosInvalidos) as falla:
        otorgar(actor_de(ana), unidad, luis, **campos)
    assert list(falla.value.campos or {}) == [culpable]


def test_nadie_da_mas_por_dia_ni_por_mes_de_lo_que_tiene(
    crear_persona: Crear, actor_de: Crear, crear_unidad: Crear, sesion: Session
) -> None:
    ana, luis, eva = crear_persona("Ana"), crear_persona("Luis"), crear_persona("Eva")
    unidad = crear_unidad(representante=ana)
    propios = {"limite_dia": bs(100), "limite_mes": bs(1000)}
    otorgar(actor_de(ana), unidad, luis, subdelegable=True, **propios)
    for campos, culpables in (
        ({}, ["limite_dia", "limite_mes"]),
        ({"limite_dia": bs(100)}, ["limite_mes"]),
        ({"limite_dia": bs("100.01"), "limite_mes": bs(1000)}, ["limite_dia"]),
        ({"limite_dia": bs(100), "limite_mes": bs("1000.01")}, ["limite_mes"]),
    ):
        with pytest.raises(DatosInvalidos) as falla:
            otorgar(actor_de(luis), unidad, eva, **campos)
        assert list(falla.value.campos or {}) == culpables
    mandato = otorgar(actor_de(luis), unidad, eva, **propios)
    assert (mandato.limite_dia, mandato.limite_mes) == (bs(100), bs(1000))
    assert verificar_registro(sesion) == []  # the entries say the limits too


def test_pagar_hasta_el_limite_del_dia_y_ver_lo_que_queda(
    crear_persona: Crear,
    actor_de: Crear,
    crear_unidad: Crear,
    con_saldo: Crear,
    token_de: Crear,
    cliente: Any,
    sesion_web: Crear,
    sesion: Session,
) -> None:
    """Three payments just under the limit of an act: the third is over that of the day, and says so."""
    ana, luis = crear_persona("Ana"), crear_persona("Luis")
    unidad = crear_unidad(representante=ana)
    cuenta, de_luis = con_saldo(unidad, "1000.00"), con_saldo(luis, "1.00")
    otorgar(
        actor_de(ana),
        unidad,
        luis,
        facultades=(Facultad.PAGAR, Facultad.CONSULTAR),
        monto_limite=bs(100),
        limite_dia=bs(250),
        limite_mes=bs(300),
    )
    api = {"Authorization": f"Bearer {token_de(luis)}"}

    def pagar(n: int, monto: str) -> Any:
        return cliente.post(
            "/api/v1/transferencias",
            headers=api,
            json={
                "id": f"018cc251-f400-7000-8000-{n:012}",
                "debito": cuenta,
                "credito": de_luis,
                "monto": {"monto": monto},
            },
        )

    assert [pagar(n, "99.99").status_code for n in (1, 2)] == [201, 201]
    tercero = pagar(3, "99.99")
    assert (tercero.status_code, tercero.json()["codigo"]) == (403, "limite_de_mandato_dia")
    assert tercero.json()["detail"] == (
        "Hoy le quedan Bs\xa050,02 de lo que su mandato permite en un día. Para ampliarlo, otorgan otro "
        "mandato quienes administran la unidad: Ana Prueba."
    )
    assert pagar(2, "99.99").status_code == 200  # the same one again uses nothing more
    assert pagar(4, "50.02").status_code == 201

    (mandato,) = cliente.get("/api/v1/mandatos", headers=api).json()["datos"]
    assert {n: mandato[n]["monto"] for n in ("monto_limite", "limite_dia", "usado_dia", "usado_mes")} == {
        "monto_limite": "100.00",
        "limite_dia": "250.00",
        "usado_dia": "250.00",
        "usado_mes": "250.00",
    }
    pagina = sesion_web(luis).get(f"/mis-unidades/{unidad.numero}/mandatos").text.replace("\xa0", " ")
    assert "Bs 250,00 por día" in pagina
    assert "Hoy usó Bs 250,00 y quedan Bs 0,00." in pagina
    assert "Este mes usó Bs 250,00 y quedan Bs 50,00." in pagina
    assert verificar_uso(sesion) == []


def test_dar_un_mandato_con_limites_desde_la_pagina(
    crear_persona: Crear, crear_unidad: Crear, sesion_web: Crear, sesion: Session
) -> None:
    ana, luis = crear_persona("Ana"), crear_persona("Luis")
    unidad = crear_unidad(representante=ana)
    ruta = f"/mis-unidades/{unidad.numero}/mandatos"
    datos = {"clase": "persona", "ci": luis.ci, "facultades.PAGAR": "1", "limite_mes": "1.234,50"}
    navegador = sesion_web(ana)
    mal = navegador.post(f"{ruta}/nuevo", data=datos | {"limite_dia": "1.234,51"})
    assert mal.status_code == 422
    assert "No puede ser menor que" in mal.text
    assert navegador.post(f"{ruta}/nuevo", data=datos | {"limite_dia": "500"}).status_code == 303
    assert sesion.connection().execute(
        text("SELECT monto_limite, limite_dia, limite_mes FROM registro_mandato WHERE apoderado_cedula = :p"),
        {"p": luis.ci},
    ).all() == [(None, 50_000, 123_450)]


@pytest.mark.parametrize(
    ("orden", "falla"),
    [
        ("UPDATE registro_uso SET tomado_mes = tomado_mes + 1", "dice que van"),
        (
            "UPDATE registro_uso SET dia = dia - 40 WHERE numero = (SELECT max(numero) FROM registro_uso)",
            "dice que",
        ),
        (
            "INSERT INTO registro_uso (mandato_id, acto, creado_en, dia, monto, caso) "
            "SELECT mandato_id, acto, creado_en, dia, -monto - 1, caso FROM registro_uso",
            "volvió más de lo que se tomó",
        ),
        ("UPDATE registro_mandato SET limite_dia = 1", "su límite por día es 1"),
        ("UPDATE registro_mandato SET limite_dia = NULL, limite_mes = 1", "su límite es 1"),
    ],
)
def test_lo_que_alguien_force_se_encuentra(
    crear_persona: Crear,
    actor_de: Crear,
    crear_unidad: Crear,
    con_saldo: Crear,
    servidores: dict[str, Any],
    sesion: Session,
    orden: str,
    falla: str,
) -> None:
    import psycopg

    from pagos.billetera.enviar import enviar

    ana, luis = crear_persona("Ana"), crear_persona("Luis")
    unidad = crear_unidad(representante=ana)
    cuenta = con_saldo(unidad, "1000.00")
    otorgar(actor_de(ana), unidad, luis, limite_dia=bs(250), limite_mes=bs(300))
    for n in (1, 2):
        with transaccion() as otra:
            enviar(
                otra,
                actor_de(luis),
                id=luis.id.__class__(int=n),
                cuenta_id=cuenta,
                persona_id=ana.id,
                monto=bs(10),
            )
    assert verificar_uso(sesion) == []
    sesion.rollback()
    url = servidores["url_admin"].format(base=servidores["base"])
    with psycopg.connect(url, autocommit=True) as admin:
        admin.execute("SET session_replication_role = replica")
        admin.execute(orden.encode())
    assert falla in " ".join(verificar_uso(sesion))


def test_se_actua_por_el_mandato_que_no_suma_si_alcanza(
    crear_persona: Crear, actor_de: Crear, crear_unidad: Crear, sesion: Session
) -> None:
    """Of two that reach as far, the one without limits by day or month: what is left of the other is kept."""
    ana, luis = crear_persona("Ana"), crear_persona("Luis")
    unidad = crear_unidad(representante=ana)
    de_ana, de_luis = actor_de(ana), actor_de(luis)
    otorgar(de_ana, unidad, luis, limite_dia=bs(10))
    libre = otorgar(de_ana, unidad, luis)
    otorgar(de_ana, unidad, luis, limite_mes=bs(10))
    assert exigir_facultad(sesion, de_luis, unidad.id, Facultad.PAGAR, bs(1)).mandato_id == libre.id
