"""A unit that two of three administer: closing it takes two signatures."""

from collections.abc import Callable
from typing import Any

from empresa_digital.registro import EstadoUnidad, Facultad, NuevoMandato, unidad_por_id
from empresa_digital.registro.mandatos.otorgar import otorgar_con
from empresa_digital.registro.unidades.bloqueos import bloquear_unidad
from nucleo.actor import Actor, Autorizacion
from nucleo.bd import transaccion
from nucleo.ids import nuevo_id


def test_se_cierra_con_dos_firmas(
    crear_persona: Callable[..., Any],
    crear_unidad: Callable[..., Any],
    token_de: Callable[..., str],
    sesion_web: Callable[..., Any],
    cliente: Any,
) -> None:
    ana, beto, eva = (crear_persona(n) for n in ("Ana", "Beto", "Eva"))
    unidad, grupo = crear_unidad("Comunidad", tipo="COMUNIDAD"), nuevo_id()
    with transaccion() as sesion:
        for persona in (ana, beto):
            nuevo = NuevoMandato((Facultad.ADMINISTRAR,), persona_id=persona.id, firmas=2, grupo=grupo)
            fila = bloquear_unidad(sesion, unidad.id)
            otorgar_con(sesion, fila, Autorizacion.propia(Actor.sistema("prueba")), nuevo)

    web = sesion_web(ana)
    ruta = f"/mis-unidades/{unidad.numero}/cancelar"
    assert web.get(ruta).status_code == 200
    assert sesion_web(eva).get(ruta).status_code == 403
    assert web.post(ruta, data={"motivo": ""}).status_code == 422
    respuesta = web.post(ruta, data={"motivo": "Ya no trabajamos"})
    assert (respuesta.status_code, respuesta.headers["location"][:12]) == (303, "/por-firmar/")
    with transaccion() as sesion:
        assert unidad_por_id(sesion, unidad.id).estado == EstadoUnidad.INSCRITA

    como = {"Authorization": f"Bearer {token_de(beto)}"}
    (acto,) = cliente.get("/api/v1/actos/por-firmar", headers=como).json()["datos"]
    assert [t["valor"] for t in acto["en_palabras"]] == ["Comunidad", unidad.numero, "Ya no trabajamos"]
    por_api = cliente.post(
        f"/api/v1/unidades-economicas/{unidad.numero}/cancelacion",
        json={"motivo": "Otro motivo"},
        headers=como,
    )
    assert (por_api.status_code, por_api.json()["codigo"]) == (202, "cierre")
    firmado = cliente.post(f"/api/v1/actos/{acto['id']}/firma", json={"huella": acto["huella"]}, headers=como)
    assert (firmado.status_code, firmado.json()["estado"]) == (200, "ejecutado")
    with transaccion() as sesion:
        assert unidad_por_id(sesion, unidad.id).estado == EstadoUnidad.CANCELADA
