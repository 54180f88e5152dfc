"""Granting a joint mandate: by the page and the API, alone or by those who administer together."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from empresa_digital.registro import Facultad, NuevoMandato, exigir_facultad, verificar_registro
from empresa_digital.registro.actos.grupos import NuevoGrupo, otorgar_grupo
from empresa_digital.registro.mandatos import EsperaFirmas, otorgar_mandato, revocar_mandato
from empresa_digital.registro.mandatos.aceptar import aceptar_mandato
from empresa_digital.registro.mandatos.acto import MANDATO, CuerpoDeMandato
from empresa_digital.registro.mandatos.errores import UltimoAdministrador
from nucleo.actor import Actor
from nucleo.bd import transaccion
from nucleo.dinero import bs
from nucleo.reloj import ZONA
from tests.registro.actos.conftest import leer


@pytest.fixture
def gente(crear_persona: Callable[..., Any]) -> dict[str, Any]:
    return {
        n: crear_persona(n.capitalize(), ci=f"380000{i}") for i, n in enumerate(("jefa", "ana", "beto"), 1)
    }


def _aceptar(actor: Actor) -> None:
    for (id,) in leer(
        "SELECT id FROM registro_mandato WHERE aceptado_en IS NULL AND apoderado_cedula = :ci", ci=_ci(actor)
    ):
        with transaccion() as sesion:
            aceptar_mandato(sesion, actor, id)


def _ci(actor: Actor) -> str:
    return str(leer("SELECT ci FROM ciudadania_persona WHERE id = :p", p=actor.persona_id)[0][0])


def test_por_la_pagina(
    gente: dict[str, Any],
    crear_unidad: Callable[..., Any],
    sesion_web: Callable[..., Any],
    actor_de: Callable[..., Actor],
) -> None:
    """Who grants is one of the three: alone they may all the same; the others, only together."""
    unidad = crear_unidad("Salinera", representante=gente["jefa"], facultades=["ADMINISTRAR"])
    web = sesion_web(gente["jefa"])
    ruta = f"/mis-unidades/{unidad.numero}/mandatos/conjunto"
    assert "¿Cuántas firmas hacen falta?" in web.get(ruta).text
    datos = {
        "personas.0.ci": "3800001",
        "personas.1.ci": "3800002",
        "personas.2.ci": "3800003",
        "firmas": "2",
        "facultades.PAGAR": "1",
        "facultades.CONSULTAR": "1",
        "monto_limite": "500",
    }
    for malo, dice in (
        ({"personas.1.ci": "3800001"}, "dos personas distintas"),
        ({"personas.1.ci": "1e3"}, "1234567-1A si tiene"),
        ({"personas.1.ci": "Bs. 5"}, 'id="personas.1.ci-error"'),
        ({"firmas": "4"}, "entre 2 y 3"),
        ({"firmas": "1"}, "Escriba un número"),
        ({"facultades.PAGAR": "", "facultades.CONSULTAR": ""}, "Marque al menos una facultad"),
    ):
        respuesta = web.post(ruta, data=datos | malo)
        assert (respuesta.status_code, dice in respuesta.text) == (422, True), (malo, respuesta.status_code)
    assert leer("SELECT count(*) FROM registro_mandato WHERE grupo_firma IS NOT NULL") == [(0,)]

    assert web.post(ruta, data=datos).status_code == 303

    assert leer(
        "SELECT count(*), count(DISTINCT grupo_firma), min(firmas_requeridas) FROM registro_mandato "
        "WHERE grupo_firma IS NOT NULL"
    ) == [(3, 1, 2)]
    actores = {n: actor_de(p) for n, p in gente.items()}
    for actor in actores.values():
        _aceptar(actor)
    assert "Con otros: 2 de 3 firmas" in web.get(f"/mis-unidades/{unidad.numero}/mandatos").text
    with transaccion() as sesion:
        assert exigir_facultad(sesion, actores["jefa"], unidad.id, Facultad.PAGAR).mandato_id is not None
        with pytest.raises(EsperaFirmas):
            exigir_facultad(sesion, actores["ana"], unidad.id, Facultad.PAGAR)
        exigir_facultad(sesion, actores["ana"], unidad.id, Facultad.CONSULTAR)  # to see needs nobody else
        assert verificar_registro(sesion) == []


def test_quienes_administran_juntas_otorgan_juntas(
    gente: dict[str, Any],
    crear_unidad: Callable[..., Any],
    token_de: Callable[..., str],
    actor_de: Callable[..., Actor],
    cliente: Any,
) -> None:
    unidad = crear_unidad("Comunidad", representante=gente["jefa"], facultades=["ADMINISTRAR"])

    def como(nombre: str) -> dict[str, str]:
        return {"Authorization": f"Bearer {token_de(gente[nombre])}"}

    raiz = f"/api/v1/unidades-economicas/{unidad.numero}"
    grupo = {
        "personas": [{"ci": "3800002"}, {"ci": "3800003"}],
        "firmas": 2,
        "facultades": ["ADMINISTRAR"],
    }
    respuesta = cliente.post(f"{raiz}/mandatos-conjuntos", json=grupo, headers=como("jefa"))
    assert (respuesta.status_code, [m["firmas_requeridas"] for m in respuesta.json()["datos"]]) == (
        201,
        [2, 2],
    )
    for nombre in ("ana", "beto"):
        _aceptar(actor_de(gente[nombre]))

    uno = {"persona": {"ci": "3800001"}, "facultades": ["VENDER"], "documento": "Acta 3"}
    for ruta, cuerpo, codigo in (
        ("mandatos", uno, "mandato"),
        ("mandatos-conjuntos", grupo | {"facultades": ["PAGAR"]}, "mandato_conjunto"),
    ):
        propuesto = cliente.post(f"{raiz}/{ruta}", json=cuerpo, headers=como("ana"))
        assert (propuesto.status_code, propuesto.json()["codigo"]) == (202, codigo), propuesto.text
        acto = cliente.get(propuesto.headers["location"], headers=como("beto")).json()
        assert acto["en_palabras"][1]["valor"] in ("vender", "2 de 2")
        firma = {"huella": acto["huella"]}
        firmado = cliente.post(f"/api/v1/actos/{acto['id']}/firma", json=firma, headers=como("beto"))
        assert (firmado.status_code, firmado.json()["estado"]) == (200, "ejecutado"), firmado.text
    assert leer(
        "SELECT facultades, firmas_requeridas FROM registro_mandato WHERE unidad_id = :u "
        "AND aceptado_en IS NULL ORDER BY firmas_requeridas, creado_en",
        u=unidad.id,
    ) == [(["VENDER"], 1), (["PAGAR"], 2), (["PAGAR"], 2)]
    with transaccion() as sesion:
        assert verificar_registro(sesion) == []


def test_de_las_que_administran_juntas_no_se_va_la_que_las_deja_sin_firmas(
    gente: dict[str, Any],
    crear_unidad: Callable[..., Any],
    actor_de: Callable[..., Actor],
) -> None:
    """Two who only administer together are nobody when one is left: the last two stay, and so does who
    administers alone beside a group that does not reach its signatures."""
    unidad = crear_unidad("Comunidad", representante=gente["jefa"], facultades=["ADMINISTRAR"])
    jefa = actor_de(gente["jefa"])
    (fundador,) = (f[0] for f in leer("SELECT id FROM registro_mandato WHERE unidad_id = :u", u=unidad.id))
    nuevo = NuevoGrupo((Facultad.ADMINISTRAR,), ("3800002", "3800003"), 2)
    with transaccion() as sesion:
        otorgar_grupo(sesion, jefa, unidad.id, nuevo)
    ana, beto = (actor_de(gente[n]) for n in ("ana", "beto"))
    _aceptar(ana)
    with pytest.raises(UltimoAdministrador), transaccion() as sesion:  # one of two: nobody administers
        revocar_mandato(sesion, jefa, fundador, "Me voy")
    _aceptar(beto)
    with transaccion() as sesion:
        revocar_mandato(sesion, jefa, fundador, "Me voy")
    de_ana = leer("SELECT id FROM registro_mandato WHERE apoderado_persona_id = :p", p=ana.persona_id)[0][0]
    antes = leer("SELECT count(*) FROM registro_mandato WHERE revocado_en IS NOT NULL")
    with pytest.raises(UltimoAdministrador), transaccion() as sesion:
        revocar_mandato(sesion, ana, de_ana, "Me voy")
    assert leer("SELECT count(*) FROM registro_mandato WHERE revocado_en IS NOT NULL") == antes == [(1,)]


def test_lo_que_se_ofrece_y_lo_que_se_firma_se_dice_entero(
    gente: dict[str, Any],
    crear_unidad: Callable[..., Any],
    sesion_web: Callable[..., Any],
    actor_de: Callable[..., Actor],
) -> None:
    """Who answers an offer, or signs one, reads what it would give: with whom, up to how much, and whether it
    may be passed on."""
    unidad = crear_unidad("Salinera", representante=gente["jefa"], facultades=["ADMINISTRAR"])
    limites = {"monto_limite": bs("100"), "limite_dia": bs("200"), "limite_mes": bs("300")}
    grupo = NuevoGrupo((Facultad.PAGAR,), ("3800002", "3800003"), 2, **limites)
    suelto = NuevoMandato((Facultad.VENDER,), cedula="3800002", subdelegable=True, **limites)
    with transaccion() as sesion:
        otorgar_grupo(sesion, actor_de(gente["jefa"]), unidad.id, grupo)
        otorgar_mandato(sesion, actor_de(gente["jefa"]), unidad.id, suelto)
        cuerpo = CuerpoDeMandato.de(unidad.id, replace(suelto, desde=datetime(2030, 1, 2, 12, tzinfo=ZONA)))
        terminos = dict(MANDATO.en_palabras(sesion, cuerpo))
    pagina = re.sub(r"<[^>]+>|\s+", " ", sesion_web(gente["ana"]).get("/mandatos-ofrecidos").text)
    pagina = re.sub(r"\s+", " ", pagina)
    for dicho in ("2 de 2 firmas", "Bs 100,00 por acto", "Bs 200,00 por día", "Bs 300,00 por mes"):
        assert dicho in pagina, dicho
    assert pagina.count("Podrá delegarlo") == 1
    assert terminos["Desde"] == "2 de enero de 2030, 12:00"
    assert terminos["Podrá delegarlo"] == "A otra persona, una vez"
    assert "2 de 1" not in sesion_web(gente["jefa"]).get(f"/mis-unidades/{unidad.numero}/mandatos").text
