"""The reference of the API says of each body what is in it."""

import re
from typing import Any

from envios.simulador.historias import HISTORIAS


def test_cada_cuerpo_con_sus_campos(bd: Any, cliente: Any) -> None:
    portada = cliente.get("/docs")
    assert portada.status_code == 200
    assert len(portada.content) < 60_000
    assert "/api/v1/simulador-de-envios/" not in portada.text
    (sala,) = re.findall(r'href="(/docs\?sala=env[^"#]*)', portada.text)
    pagina = cliente.get(sala)
    una = next(d for d in pagina.text.split("<details") if "/api/v1/simulador-de-envios/" in d)
    texto = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", una))
    assert f"historia obligatorio {', '.join(HISTORIAS)} «agencia»: se retira." in texto
    assert "otro_operador_id UUID Quién lo recibe, en «traspaso»." in texto
    anuncio = next(d for d in pagina.text.split("<details") if "<code>recojo.franja</code>" in d)
    assert "/api/v1/envios" in anuncio
