"""What is found by its words, page after page: where many say them, where few, and where the last one did."""

import pytest
from sqlmodel import Session

from feria_inversa.procesos import consultas
from feria_inversa.procesos.consultas import Filtro, buscar
from nucleo.paginacion import CursorPedido
from tests.feria_inversa.conftest import Feria


def _en_paginas(sesion: Session, filtro: Filtro) -> list[list[str]]:
    paginas, cursor = [], None
    while True:
        filas, cursor = buscar(sesion, filtro, CursorPedido(cursor, 2))
        paginas.append([fila.titulo for fila in filas])
        if cursor is None:
            return paginas


@pytest.mark.parametrize("pocas", [2, 4, 2_000])
def test_cada_pagina_trae_lo_suyo(
    feria: Feria, sesion: Session, monkeypatch: pytest.MonkeyPatch, pocas: int
) -> None:
    monkeypatch.setattr(consultas, "POCAS", pocas)
    for n, que in enumerate(["Mesas", "Sillas", "Mesas", "Mesas", "Sillas", "Telares", "Mesas", "Mesas"]):
        feria.publicada(titulo=f"{que} de la partida {'abcdefgh'[n]}", dias=10 + n)
    todas = {situacion: Filtro(q="mesas", situacion=situacion) for situacion in ("abiertas", "todas")}
    suyas = [f"Mesas de la partida {letra}" for letra in "acdgh"]
    assert _en_paginas(sesion, todas["abiertas"]) == [suyas[:2], suyas[2:4], suyas[4:]]
    assert _en_paginas(sesion, todas["todas"]) == [suyas[:2:-1], suyas[2:0:-1], suyas[:1]]
    assert _en_paginas(sesion, Filtro(q="telares")) == [["Telares de la partida f"]]
    assert _en_paginas(sesion, Filtro(q="bombas")) == [[]]
    assert _en_paginas(sesion, Filtro(q="mesas", situacion="cerradas")) == [[]]
