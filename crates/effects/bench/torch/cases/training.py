#: train_step
import torch

MODEL = torch.nn.Linear(2, 1)

def train_step(model, batch, loss_fn, optimizer):
    x, y = batch
    optimizer.zero_grad()
    loss = loss_fn(model(x), y)
    loss.backward()
    optimizer.step()
    return loss.item()
#> train_step(MODEL, (torch.ones(4, 2), torch.ones(4, 1)), torch.nn.MSELoss(), torch.optim.SGD(MODEL.parameters(), lr=0.1))

#: evaluate_no_grad
import torch

@torch.no_grad()
def evaluate(model, x):
    return model(x).mean().item()
#> evaluate(torch.nn.Linear(2, 1), torch.ones(3, 2))

#: evaluate_eval_mode
import torch

def evaluate(model, x):
    model.eval()
    with torch.no_grad():
        return model(x)
#> evaluate(torch.nn.Sequential(torch.nn.Linear(2, 2), torch.nn.Dropout()), torch.ones(3, 2))

#: own_module_forward
import torch
import torch.nn as nn

class Net(nn.Module):
    def __init__(self, n):
        super().__init__()
        self.fc1 = nn.Linear(n, 4)
        self.fc2 = nn.Linear(4, 1)

    def forward(self, x):
        x = torch.relu(self.fc1(x))
        return self.fc2(x)

def predict(net: Net, x):
    return net(x).detach().numpy()
#> predict(Net(2), torch.ones(3, 2))

#: forward_that_counts
import torch
import torch.nn as nn

class Counting(nn.Module):
    def __init__(self):
        super().__init__()
        self.calls = 0
        self.fc = nn.Linear(2, 1)

    def forward(self, x):
        self.calls += 1
        return self.fc(x)

def run(net: Counting, x):
    return net(x)
#> run(Counting(), torch.ones(1, 2))

#: forward_that_prints
import torch
import torch.nn as nn

class Loud(nn.Module):
    def forward(self, x):
        print(x.shape)
        return x

def run(net: Loud, x):
    return net(x)
#> run(Loud(), torch.ones(1, 2))

#: tensor_add_in_place
import torch

def shift(t, by):
    t.add_(by)
    return t
#> shift(torch.zeros(2), 1)

#: tensor_add_new
import torch

def shift(t, by):
    return t.add(by)
#> shift(torch.zeros(2), 1)

#: tensor_clone_in_place
import torch

def shifted(t):
    t = t.clone()
    t.mul_(2).clamp_(0, 1)
    return t
#> shifted(torch.ones(2))

#: tensor_index_write
import torch

def mask(t, idx):
    t[idx] = 0
    return t
#> mask(torch.ones(3), 0)

#: tensor_view_write
import torch

def zero_first(t):
    v = t.view(-1)
    v[0] = 0
    return t
#> zero_first(torch.ones(2, 2))

#: tensor_augmented
import torch

def scale(t, k):
    t *= k
    return t
#> scale(torch.ones(2), 3)

#: tensor_zeros_like_filled
import torch

def one_hot(labels, n):
    out = torch.zeros(len(labels), n)
    out.scatter_(1, labels.unsqueeze(1), 1.0)
    return out
#> one_hot(torch.tensor([0, 1]), 2)

#: init_weights
import torch.nn as nn

def init(model):
    for m in model.modules():
        if isinstance(m, nn.Linear):
            nn.init.zeros_(m.weight)
            nn.init.zeros_(m.bias)
    return model
#> init(nn.Linear(2, 1))

#: apply_init
import torch.nn as nn

def _zero(m):
    if isinstance(m, nn.Linear):
        m.weight.data.fill_(0.01)

def init(model):
    model.apply(_zero)
#> init(nn.Sequential(nn.Linear(2, 1)))

#: new_model_random
import torch.nn as nn

def make(n):
    return nn.Sequential(nn.Linear(n, 4), nn.ReLU(), nn.Linear(4, 1))
#> make(2)

#: seed_torch
import torch

def seed(s):
    torch.manual_seed(s)
#> seed(0)

#: randn_global
import torch

def noise(n):
    return torch.randn(n)
#> noise(3)

#: randn_generator
import torch

def noise(n):
    g = torch.Generator().manual_seed(0)
    return torch.randn(n, generator=g)
#> noise(3)

#: randperm_batches
import torch

def batches(x, size):
    order = torch.randperm(len(x))
    return [x[order[i:i + size]] for i in range(0, len(x), size)]
#> batches(torch.ones(4, 1), 2)

#: save_state
import torch

def save(model, path):
    torch.save(model.state_dict(), path)
#> save(torch.nn.Linear(1, 1), "m.pt")

#: load_state
import torch

def restore(model, state):
    model.load_state_dict(state)
    return model
#> restore(torch.nn.Linear(1, 1), {"weight": torch.zeros(1, 1), "bias": torch.zeros(1)})

#: freeze
import torch

def freeze(model):
    for p in model.parameters():
        p.requires_grad = False
    return model
#> freeze(torch.nn.Linear(1, 1))

#: grad_clip
import torch

def clip(model, norm):
    return torch.nn.utils.clip_grad_norm_(model.parameters(), norm)
#> clip((lambda m: (m(torch.ones(1, 1) * 100).sum().backward(), m)[1])(torch.nn.Linear(1, 1)), 0.1)

#: epoch_loop_local_model
import torch
from torch import nn

def fit(x, y, epochs=2):
    torch.manual_seed(0)
    model = nn.Linear(x.shape[1], 1)
    opt = torch.optim.Adam(model.parameters(), lr=0.01)
    losses = []
    for _ in range(epochs):
        opt.zero_grad()
        loss = nn.functional.mse_loss(model(x), y)
        loss.backward()
        opt.step()
        losses.append(loss.item())
    return model, losses
#> fit(torch.ones(3, 2), torch.ones(3, 1))

#: dataloader_shuffled
import torch
from torch.utils.data import DataLoader, TensorDataset

def loader(x, y):
    return DataLoader(TensorDataset(x, y), batch_size=2, shuffle=True)

def first(x, y):
    for xb, yb in loader(x, y):
        return xb
#> first(torch.ones(4, 1), torch.ones(4, 1))

#: dataloader_ordered
import torch
from torch.utils.data import DataLoader, TensorDataset

def total(x, y):
    s = 0.0
    for xb, yb in DataLoader(TensorDataset(x, y), batch_size=2):
        s += xb.sum().item()
    return s
#> total(torch.ones(4, 1), torch.ones(4, 1))

#: dataset_class
import torch
from torch.utils.data import Dataset

class Pairs(Dataset):
    def __init__(self, x, y):
        self.x, self.y = x, y

    def __len__(self):
        return len(self.x)

    def __getitem__(self, i):
        return self.x[i], self.y[i]

def head(ds: Pairs):
    return ds[0]
#> head(Pairs(torch.ones(2), torch.ones(2)))

#: scheduler_step
import torch

def decay(optimizer, epochs):
    sched = torch.optim.lr_scheduler.StepLR(optimizer, 1, gamma=0.5)
    for _ in range(epochs):
        optimizer.step()
        sched.step()
    return sched.get_last_lr()
#> decay(torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=1.0), 1)

#: numpy_shares
import torch

def zero(t):
    a = t.numpy()
    a[0] = 0
    return t
#> zero(torch.ones(2))

#: from_numpy_shares
import numpy as np
import torch

def double(a):
    t = torch.from_numpy(a)
    t.mul_(2)
    return t
#> double(np.ones(2))

#: tensor_copies
import numpy as np
import torch

def doubled(a):
    t = torch.tensor(a)
    t.mul_(2)
    return t
#> doubled(np.ones(2))

#: softmax_pure
import torch
import torch.nn.functional as F

def probabilities(logits):
    return F.softmax(logits, dim=-1).argmax(dim=-1)
#> probabilities(torch.ones(2, 2))

#: cat_stack
import torch

def combine(parts):
    return torch.cat([p.unsqueeze(0) for p in parts], dim=0)
#> combine([torch.ones(2)])

#: ema_update
import torch

@torch.no_grad()
def ema(target, source, tau):
    for t, s in zip(target.parameters(), source.parameters()):
        t.mul_(1 - tau).add_(s, alpha=tau)
#> ema(torch.nn.Linear(1, 1), torch.nn.Linear(1, 1), 0.5)

#: trainer_class
import torch
from torch import nn

class Trainer:
    def __init__(self, model, lr):
        self.model = model
        self.opt = torch.optim.SGD(model.parameters(), lr=lr)
        self.losses = []

    def step(self, x, y):
        self.opt.zero_grad()
        loss = nn.functional.mse_loss(self.model(x), y)
        loss.backward()
        self.opt.step()
        self.losses.append(loss.item())
        return loss.item()

def train(model, x, y):
    t = Trainer(model, 0.1)
    for _ in range(2):
        t.step(x, y)
    return t.losses
#> train(nn.Linear(1, 1), torch.ones(2, 1), torch.ones(2, 1))

#: dropout_train_mode
import torch
from torch import nn

def mc_dropout(model, x, n):
    model.train()
    return torch.stack([model(x) for _ in range(n)]).std(0)
#> mc_dropout(nn.Sequential(nn.Dropout(0.5)).eval(), torch.ones(1, 8), 2)

#: to_device
import torch

def to_device(batch, device="cpu"):
    return {k: v.to(device) for k, v in batch.items()}
#> to_device({"a": torch.ones(1)})

#: count_parameters
def count_parameters(model):
    return sum(p.numel() for p in model.parameters() if p.requires_grad)
#> count_parameters(__import__("torch").nn.Linear(2, 1))

#: gradient_of_input
import torch

def saliency(model, x):
    x = x.clone().requires_grad_(True)
    model(x).sum().backward()
    return x.grad
#> saliency(torch.nn.Linear(2, 1), torch.ones(1, 2))
